-- Store: erase.post_metrics_snapshots
-- $1 text[]
WITH removed AS (
    DELETE FROM post_metrics_snapshots AS t WHERE status_id = ANY($1) RETURNING t.*
), recorded AS (
        INSERT INTO changes (kind, status_ids, snapshot_types, snapshot_times)
        SELECT kind, array_agg(status_id), array_agg(snapshot_type), array_agg(snapshot_at)
        FROM (SELECT status_id, snapshot_type, snapshot_at, (row_number() OVER () - 1) / 1000 AS chunk FROM removed) AS numbered,
             (VALUES ('metrics')) AS kinds (kind)
        GROUP BY chunk, kind ORDER BY chunk
    )
SELECT count(*) FROM removed
