-- Store: erased.find
-- $1 text[]
SELECT status_id FROM erased_posts WHERE status_id = ANY($1)
