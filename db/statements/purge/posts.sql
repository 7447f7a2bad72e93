-- Store: purge.posts
-- $1 text[]
DELETE FROM posts WHERE status_id = ANY($1)
