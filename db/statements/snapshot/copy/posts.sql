-- Snapshot: snapshot.copy.posts
COPY incoming_posts (row_number, status_id, url, author_handle, author_display, body_text, posted_relative, source_query,
    watch_tier, is_significant, significance_reason, significance_version, likes, reposts, replies,
    views, initial_likes, initial_reposts, initial_replies, initial_views, likes_24h, reposts_24h,
    replies_24h, views_24h, refresh_24h_at, refresh_24h_status, refresh_24h_delta_likes,
    refresh_24h_delta_reposts, refresh_24h_delta_replies, refresh_24h_delta_views, discovered_at,
    last_seen_at, observed_at) FROM STDIN (FORMAT binary)
