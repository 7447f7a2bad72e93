-- Store: posts.one
-- $1 text
SELECT p.status_id, p.discovered_at, p.author_handle, p.author_display, p.watch_tier,
    p.body_text,
    p.url, p.is_significant,
    p.significance_reason,
    p.source_query,
    p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, (SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id) AS reported_at,
    (SELECT g.gone_at FROM gone_posts AS g WHERE g.status_id = p.status_id) AS gone_at,
    p.last_seen_at, p.posted_relative, p.significance_version, p.initial_likes, p.initial_reposts, p.initial_replies,
        p.initial_views, p.likes_24h, p.reposts_24h, p.replies_24h, p.views_24h, p.refresh_24h_at,
        p.refresh_24h_status, p.refresh_24h_delta_likes, p.refresh_24h_delta_reposts,
        p.refresh_24h_delta_replies, p.refresh_24h_delta_views
FROM posts AS p WHERE p.status_id = $1
