-- Store: posts.slice
-- $1 timestamptz, $2 timestamptz, $3 int8
SELECT p.discovered_at FROM posts AS p WHERE p.discovered_at >= $1 AND p.discovered_at <= $2
ORDER BY p.discovered_at DESC OFFSET $3 LIMIT 2
