-- Store: future.posts-refresh_24h_at
SELECT count(*) OVER (), status_id, r.refresh_24h_at FROM posts AS r
WHERE r.refresh_24h_at > (now() + INTERVAL '600 seconds') ORDER BY status_id COLLATE "C", 3 LIMIT 10
