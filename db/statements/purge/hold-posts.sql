-- Store: purge.hold-posts
-- $1 text
SELECT status_id FROM posts WHERE author_handle = $1 ORDER BY status_id FOR UPDATE
