-- Store: stats.facets
-- $1 timestamptz, $2 timestamptz
SELECT GROUPING(p.watch_tier, p.is_significant, r.status_id IS NOT NULL, p.author_handle, CASE WHEN octet_length(p.source_query) BETWEEN 1 AND 1024 THEN p.source_query
         WHEN octet_length(p.source_query) > 0 THEN '' END), count(*),
       p.watch_tier, p.is_significant, r.status_id IS NOT NULL, p.author_handle, CASE WHEN octet_length(p.source_query) BETWEEN 1 AND 1024 THEN p.source_query
                WHEN octet_length(p.source_query) > 0 THEN '' END
FROM posts AS p LEFT JOIN reports AS r USING (status_id)
    WHERE p.discovered_at >= $1 AND p.discovered_at <= $2 AND NOT EXISTS (SELECT FROM reports AS r WHERE r.status_id = p.status_id)
GROUP BY GROUPING SETS (
    (p.watch_tier), (p.is_significant), (r.status_id IS NOT NULL), (p.author_handle), (CASE WHEN octet_length(p.source_query) BETWEEN 1 AND 1024 THEN p.source_query
             WHEN octet_length(p.source_query) > 0 THEN '' END))
