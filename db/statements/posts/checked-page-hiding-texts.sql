-- Store: posts.checked-page-hiding-texts
-- $1 text, $2 text, $3 text, $4 text, $5 text, $6 text
WITH page AS MATERIALIZED (
    SELECT p.status_id, p.discovered_at, p.author_handle, CASE WHEN octet_length(p.author_display) <= 4096 THEN p.author_display END AS author_display, p.watch_tier,
        CASE WHEN octet_length(p.body_text) <= 4096 THEN p.body_text END AS body_text,
        CASE WHEN octet_length(p.url) <= 4096 THEN p.url END AS url, p.is_significant,
        CASE WHEN octet_length(p.significance_reason) <= 4096 THEN p.significance_reason END AS significance_reason,
        CASE WHEN octet_length(p.source_query) <= 4096 THEN p.source_query END AS source_query,
        p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at,
        (SELECT g.gone_at FROM gone_posts AS g WHERE g.status_id = p.status_id) AS gone_at,
        greatest(octet_length(p.author_display), octet_length(p.body_text), octet_length(p.url), octet_length(p.significance_reason), octet_length(p.source_query)) > 4096 AS is_long, p.rank FROM (SELECT * FROM ((SELECT p.*, p.discovered_at AS rank FROM posts AS p WHERE true
            ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT (SELECT 1212))) AS p
        ORDER BY p.rank DESC, p.status_id DESC LIMIT 1212) AS p
    WHERE ((p.body_text LIKE '%://%' AND p.body_text ~* 'https?://[^]\s 　/?#:@.,;!()<>"''…]') AND NOT EXISTS (SELECT FROM gone_posts AS g WHERE g.status_id = p.status_id AND g.gone_at IS NOT NULL)) IS TRUE AND ((lower(p.body_text COLLATE "und-x-icu") LIKE lower($1 COLLATE "und-x-icu") OR p.author_handle LIKE (lower($2 COLLATE "und-x-icu") COLLATE "C")) AND (p.author_handle LIKE (lower($3 COLLATE "und-x-icu") COLLATE "C") OR NOT EXISTS (SELECT FROM gone_posts AS g WHERE g.status_id = p.status_id AND g.gone_at IS NOT NULL))) AND ((lower(p.body_text COLLATE "und-x-icu") LIKE lower($4 COLLATE "und-x-icu") OR p.author_handle LIKE (lower($5 COLLATE "und-x-icu") COLLATE "C")) AND (p.author_handle LIKE (lower($6 COLLATE "und-x-icu") COLLATE "C") OR NOT EXISTS (SELECT FROM gone_posts AS g WHERE g.status_id = p.status_id AND g.gone_at IS NOT NULL))) IS NOT TRUE
    ORDER BY p.rank DESC, p.status_id DESC LIMIT 101
), last AS MATERIALIZED (
    SELECT p.rank, p.status_id FROM (SELECT * FROM ((SELECT p.status_id, p.discovered_at AS rank FROM posts AS p WHERE true
            ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT (SELECT 1212))) AS p
        ORDER BY p.rank DESC, p.status_id DESC LIMIT 1212) AS p ORDER BY p.rank DESC, p.status_id DESC
    OFFSET 1211 LIMIT (SELECT (count(*) < 101)::INT FROM page)
)
SELECT last.rank, last.status_id, page.status_id IS NOT NULL, page.*
FROM (SELECT) AS always LEFT JOIN page ON true LEFT JOIN last ON true
ORDER BY page.rank DESC, page.status_id DESC
