-- Store: posts.page-of-tiers
-- $1 text, $2 timestamptz, $3 timestamptz, $4 text, $5 timestamptz, $6 text, $7 text, $8 timestamptz, $9 text, $10 text, $11 timestamptz, $12 timestamptz, $13 text, $14 timestamptz, $15 text, $16 text, $17 timestamptz, $18 text
SELECT p.status_id, p.discovered_at, p.author_handle, CASE WHEN octet_length(p.author_display) <= 4096 THEN p.author_display END AS author_display, p.watch_tier,
    CASE WHEN octet_length(p.body_text) <= 4096 THEN p.body_text END AS body_text,
    CASE WHEN octet_length(p.url) <= 4096 THEN p.url END AS url, p.is_significant,
    CASE WHEN octet_length(p.significance_reason) <= 4096 THEN p.significance_reason END AS significance_reason,
    CASE WHEN octet_length(p.source_query) <= 4096 THEN p.source_query END AS source_query,
    p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at,
    (SELECT g.gone_at FROM gone_posts AS g WHERE g.status_id = p.status_id) AS gone_at,
    greatest(octet_length(p.author_display), octet_length(p.body_text), octet_length(p.url), octet_length(p.significance_reason), octet_length(p.source_query)) > 4096 AS is_long FROM (SELECT * FROM ((SELECT p.*, p.discovered_at AS rank FROM posts AS p WHERE p.watch_tier = $1 AND p.discovered_at BETWEEN $2 AND $3
            AND (p.watch_tier, p.discovered_at, p.status_id) < ($4, $5, $6)
            AND (p.watch_tier, p.discovered_at, p.status_id) > ($7, $8, $9)
        ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT (SELECT 101)) UNION ALL (SELECT p.*, p.discovered_at AS rank FROM posts AS p WHERE p.watch_tier = $10 AND p.discovered_at BETWEEN $11 AND $12
            AND (p.watch_tier, p.discovered_at, p.status_id) < ($13, $14, $15)
            AND (p.watch_tier, p.discovered_at, p.status_id) > ($16, $17, $18)
        ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT (SELECT 101))) AS p
    ORDER BY p.rank DESC, p.status_id DESC LIMIT 101) AS p ORDER BY p.rank DESC, p.status_id DESC
