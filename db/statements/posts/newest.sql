-- Store: posts.newest
SELECT CASE WHEN max(discovered_at) IS NOT NULL THEN least(max(discovered_at), now()) END FROM posts WHERE discovered_at <= (now() + INTERVAL '600 seconds')
