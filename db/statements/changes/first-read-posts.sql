-- Store: changes.first-read-posts
-- $1 text, $2 int8
SELECT status_id FROM posts WHERE status_id > $1 ORDER BY status_id LIMIT $2
