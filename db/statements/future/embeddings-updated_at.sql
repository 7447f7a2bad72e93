-- Store: future.embeddings-updated_at
SELECT count(*) OVER (), status_id, r.updated_at FROM embeddings AS r
WHERE r.updated_at > (now() + INTERVAL '600 seconds') ORDER BY status_id COLLATE "C", 3 LIMIT 10
