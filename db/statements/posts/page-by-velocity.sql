-- Store: posts.page-by-velocity
-- $1 int8, $2 text
SELECT p.status_id, p.discovered_at, p.author_handle, t.author_display, p.watch_tier, t.body_text, t.url, p.is_significant,
    t.significance_reason, t.source_query, p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity,
    (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at, t.url IS NULL AS is_long FROM (SELECT p.*, coalesce(p.views_velocity, (-9223372036854775808)::BIGINT) AS rank FROM posts AS p WHERE (coalesce(p.views_velocity, (-9223372036854775808)::BIGINT), p.status_id) < ($1, $2)
    ORDER BY coalesce(p.views_velocity, (-9223372036854775808)::BIGINT) DESC, p.status_id DESC LIMIT 101) AS p LEFT JOIN LATERAL (
        SELECT p.author_display, p.body_text, p.url, p.significance_reason, p.source_query WHERE greatest(octet_length(p.author_display), octet_length(p.body_text), octet_length(p.url), octet_length(p.significance_reason), octet_length(p.source_query)) <= 4096) AS t ON true
ORDER BY p.rank DESC, p.status_id DESC
