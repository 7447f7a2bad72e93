-- Store: future.posts-last_seen_at
SELECT count(*) OVER (), status_id, r.last_seen_at FROM posts AS r
WHERE r.last_seen_at > (now() + INTERVAL '600 seconds') ORDER BY status_id COLLATE "C", 3 LIMIT 10
