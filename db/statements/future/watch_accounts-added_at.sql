-- Store: future.watch_accounts-added_at
SELECT count(*) OVER (), handle, r.added_at FROM watch_accounts AS r
WHERE r.added_at > (now() + INTERVAL '600 seconds') ORDER BY handle COLLATE "C", 3 LIMIT 10
