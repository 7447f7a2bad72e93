-- Store: posts.checked-page
-- $1 text, $2 timestamptz, $3 timestamptz, $4 text, $5 timestamptz, $6 text, $7 text, $8 timestamptz, $9 text, $10 text[], $11 text[], $12 text[], $13 int8, $14 int8, $15 text, $16 text, $17 text, $18 text, $19 text, $20 timestamptz, $21 timestamptz, $22 text, $23 timestamptz, $24 text, $25 text, $26 timestamptz, $27 text
WITH page AS MATERIALIZED (
    SELECT p.status_id, p.discovered_at, p.author_handle, CASE WHEN octet_length(p.author_display) <= 4096 THEN p.author_display END AS author_display, p.watch_tier,
        CASE WHEN octet_length(p.body_text) <= 4096 THEN p.body_text END AS body_text,
        CASE WHEN octet_length(p.url) <= 4096 THEN p.url END AS url, p.is_significant,
        CASE WHEN octet_length(p.significance_reason) <= 4096 THEN p.significance_reason END AS significance_reason,
        CASE WHEN octet_length(p.source_query) <= 4096 THEN p.source_query END AS source_query,
        p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at,
        (SELECT g.gone_at FROM gone_posts AS g WHERE g.status_id = p.status_id) AS gone_at,
        greatest(octet_length(p.author_display), octet_length(p.body_text), octet_length(p.url), octet_length(p.significance_reason), octet_length(p.source_query)) > 4096 AS is_long, p.rank FROM (SELECT * FROM ((SELECT p.*, p.discovered_at AS rank FROM posts AS p WHERE p.author_handle = $1 AND p.discovered_at BETWEEN $2 AND $3
                AND (p.author_handle, p.discovered_at, p.status_id) < ($4, $5, $6)
                AND (p.author_handle, p.discovered_at, p.status_id) > ($7, $8, $9)
            ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT (SELECT 629))) AS p
        ORDER BY p.rank DESC, p.status_id DESC LIMIT 629) AS p
    WHERE NOT p.is_significant AND (p.watch_tier = ANY($10)) IS NOT TRUE AND p.watch_tier IS NOT NULL AND p.author_handle <> ALL($11) AND p.source_query = ANY($12) AND (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) IS NOT NULL AND (p.body_text LIKE '%://%' AND p.body_text ~* 'https?://[^]\s 　/?#:@.,;!()<>"''…]') IS TRUE AND p.likes >= $13 AND p.reposts >= $14 AND (lower(p.body_text COLLATE "und-x-icu") LIKE lower($15 COLLATE "und-x-icu") OR p.author_handle LIKE (lower($16 COLLATE "und-x-icu") COLLATE "C")) AND (lower(p.body_text COLLATE "und-x-icu") LIKE lower($17 COLLATE "und-x-icu") OR p.author_handle LIKE (lower($18 COLLATE "und-x-icu") COLLATE "C")) IS NOT TRUE
    ORDER BY p.rank DESC, p.status_id DESC LIMIT 101
), last AS MATERIALIZED (
    SELECT p.rank, p.status_id FROM (SELECT * FROM ((SELECT p.status_id, p.discovered_at AS rank FROM posts AS p WHERE p.author_handle = $19 AND p.discovered_at BETWEEN $20 AND $21
                AND (p.author_handle, p.discovered_at, p.status_id) < ($22, $23, $24)
                AND (p.author_handle, p.discovered_at, p.status_id) > ($25, $26, $27)
            ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT (SELECT 629))) AS p
        ORDER BY p.rank DESC, p.status_id DESC LIMIT 629) AS p ORDER BY p.rank DESC, p.status_id DESC
    OFFSET 628 LIMIT (SELECT (count(*) < 101)::INT FROM page)
)
SELECT last.rank, last.status_id, page.status_id IS NOT NULL, page.*
FROM (SELECT) AS always LEFT JOIN page ON true LEFT JOIN last ON true
ORDER BY page.rank DESC, page.status_id DESC
