-- Snapshot: import.undo.posts
-- $1 int8
WITH
    removed AS (
        DELETE FROM posts AS t
        WHERE t.inserted_by = $1
            AND t.updated_by IS NULL
            AND NOT EXISTS (SELECT FROM post_metrics_snapshots AS r WHERE r.status_id = t.status_id)
            AND NOT EXISTS (SELECT FROM reports AS r WHERE r.status_id = t.status_id)
            AND NOT EXISTS (SELECT FROM embeddings AS r WHERE r.status_id = t.status_id)
        RETURNING t.*
    ),
    recorded AS (
        INSERT INTO changes (kind, status_ids)
        SELECT kind, array_agg(status_id)
        FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM removed) AS numbered,
             (VALUES ('post')) AS kinds (kind)
        GROUP BY chunk, kind ORDER BY chunk
    )
SELECT count(*) FROM removed
