-- Store: watch-accounts.list
-- $1 text
SELECT handle, tier, note, added_at, p.posts, p.last_post_at FROM watch_accounts CROSS JOIN LATERAL (
    SELECT count(*) AS posts, max(discovered_at) FILTER (WHERE discovered_at <= (now() + INTERVAL '600 seconds')) AS last_post_at
    FROM posts WHERE author_handle = handle) AS p
WHERE tier = $1 ORDER BY handle
