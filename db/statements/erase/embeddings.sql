-- Store: erase.embeddings
-- $1 text[]
DELETE FROM embeddings WHERE status_id = ANY($1)
