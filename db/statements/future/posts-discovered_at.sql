-- Store: future.posts-discovered_at
SELECT count(*) OVER (), status_id, r.discovered_at FROM posts AS r
WHERE r.discovered_at > (now() + INTERVAL '600 seconds') ORDER BY status_id COLLATE "C", 3 LIMIT 10
