-- Store: posts.all
SELECT p.status_id, p.discovered_at, p.author_handle, p.author_display, p.watch_tier,
    p.body_text,
    p.url, p.is_significant,
    p.significance_reason,
    p.source_query,
    p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, r.reported_at AS reported_at,
    g.gone_at AS gone_at
FROM posts AS p LEFT JOIN reports AS r USING (status_id) LEFT JOIN gone_posts AS g USING (status_id)
WHERE p.is_significant
ORDER BY p.likes DESC, p.status_id DESC
