-- Store: future.embeddings-created_at
SELECT count(*) OVER (), status_id, r.created_at FROM embeddings AS r
WHERE r.created_at > (now() + INTERVAL '600 seconds') ORDER BY status_id COLLATE "C", 3 LIMIT 10
