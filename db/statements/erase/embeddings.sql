-- Store: erase.embeddings
-- $1 text[]
WITH removed AS (
    DELETE FROM embeddings AS t WHERE status_id = ANY($1) RETURNING t.*
)
SELECT count(*) FROM removed
