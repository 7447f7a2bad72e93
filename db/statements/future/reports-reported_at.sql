-- Store: future.reports-reported_at
SELECT count(*) OVER (), status_id, r.reported_at FROM reports AS r
WHERE r.reported_at > (now() + INTERVAL '600 seconds') ORDER BY status_id COLLATE "C", 3 LIMIT 10
