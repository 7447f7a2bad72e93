-- Store: purge.post_metrics_snapshots
-- $1 text[]
DELETE FROM post_metrics_snapshots WHERE status_id = ANY($1)
