-- Store: erase.hold-posts
-- $1 text[]
SELECT status_id FROM posts WHERE status_id = ANY($1) ORDER BY status_id FOR UPDATE
