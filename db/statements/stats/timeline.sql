-- Store: stats.timeline
-- $1 timestamptz[], $2 timestamptz, $3 timestamptz
SELECT width_bucket(p.discovered_at, $1), p.watch_tier, count(*)
FROM posts AS p LEFT JOIN reports AS r USING (status_id)
    WHERE p.discovered_at >= $2 AND p.discovered_at <= $3 AND NOT EXISTS (SELECT FROM reports AS r WHERE r.status_id = p.status_id) GROUP BY 1, 2
