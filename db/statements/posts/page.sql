-- Store: posts.page
SELECT p.status_id, p.discovered_at, p.author_handle, t.author_display, p.watch_tier, t.body_text, t.url, p.is_significant,
    t.significance_reason, t.source_query, p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity,
    (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at, t.url IS NULL AS is_long FROM (SELECT p.*, p.discovered_at AS rank FROM posts AS p WHERE true
    ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT 101) AS p LEFT JOIN LATERAL (
        SELECT p.author_display, p.body_text, p.url, p.significance_reason, p.source_query WHERE greatest(octet_length(p.author_display), octet_length(p.body_text), octet_length(p.url), octet_length(p.significance_reason), octet_length(p.source_query)) <= 4096) AS t ON true
ORDER BY p.rank DESC, p.status_id DESC
