-- Store: changes.first-read-metrics
-- $1 text, $2 text, $3 timestamptz, $4 int8
SELECT status_id, snapshot_type, snapshot_at FROM post_metrics_snapshots
WHERE (status_id, snapshot_type, snapshot_at) > ($1, $2, $3)
ORDER BY status_id, snapshot_type, snapshot_at LIMIT $4
