-- Store: posts.one
-- $1 text
SELECT p.status_id, p.discovered_at, p.author_handle, p.author_display, p.watch_tier,
    p.body_text,
    p.url, p.is_significant,
    p.significance_reason,
    p.source_query,
    p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at FROM posts AS p WHERE p.status_id = $1
