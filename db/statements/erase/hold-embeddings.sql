-- Store: erase.hold-embeddings
-- $1 text[]
WITH held AS (
    SELECT FROM embeddings WHERE status_id IN (SELECT status_id FROM posts WHERE status_id = ANY($1))
    ORDER BY status_id FOR UPDATE
)
SELECT count(*) FROM held
