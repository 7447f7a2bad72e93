-- Store: future.post_metrics_snapshots-snapshot_at
SELECT count(*) OVER (), concat_ws(' ', status_id, snapshot_type), r.snapshot_at FROM post_metrics_snapshots AS r
WHERE r.snapshot_at > (now() + INTERVAL '600 seconds') ORDER BY concat_ws(' ', status_id, snapshot_type) COLLATE "C", 3 LIMIT 10
