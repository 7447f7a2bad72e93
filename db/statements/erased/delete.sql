-- Store: erased.delete
-- $1 text[]
DELETE FROM erased_posts WHERE status_id = ANY($1) RETURNING status_id
