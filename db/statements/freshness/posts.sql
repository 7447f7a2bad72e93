-- Store: freshness.posts
SELECT now(), (SELECT max(discovered_at) FROM posts WHERE discovered_at <= (now() + INTERVAL '600 seconds')), (
    SELECT max(last_seen_at)
    FROM (SELECT last_seen_at FROM posts WHERE discovered_at <= (now() + INTERVAL '600 seconds')
          ORDER BY discovered_at DESC, status_id DESC LIMIT 10000) AS newest
    WHERE last_seen_at <= (now() + INTERVAL '600 seconds'))
