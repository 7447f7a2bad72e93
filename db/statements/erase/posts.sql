-- Store: erase.posts
-- $1 text[]
WITH removed AS (
    DELETE FROM posts AS t WHERE status_id = ANY($1) RETURNING t.*
), recorded AS (
        INSERT INTO changes (kind, status_ids)
        SELECT kind, array_agg(status_id)
        FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM removed) AS numbered,
             (VALUES ('post')) AS kinds (kind)
        GROUP BY chunk, kind ORDER BY chunk
    )
SELECT count(*) FROM removed
