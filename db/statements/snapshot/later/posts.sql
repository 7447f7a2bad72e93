-- Snapshot: snapshot.later.posts
-- $1 text, $2 text
SELECT
    count(*) FILTER (WHERE (e.is_there IS NULL AND bringer.id IS NOT NULL)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.url IS DISTINCT FROM f.url AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'url', f.last_seen_at), f.url COLLATE "C")
                        > (observation_time(e.observed_at, 'url', e.last_seen_at), e.url COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'url', f.last_seen_at) > observation_time(e.observed_at, 'url', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.author_handle IS DISTINCT FROM f.author_handle AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'author_handle', f.last_seen_at), f.author_handle COLLATE "C")
                        > (observation_time(e.observed_at, 'author_handle', e.last_seen_at), e.author_handle COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'author_handle', f.last_seen_at) > observation_time(e.observed_at, 'author_handle', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.author_display IS DISTINCT FROM f.author_display AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'author_display', f.last_seen_at), f.author_display IS NOT NULL, f.author_display COLLATE "C")
                        > (observation_time(e.observed_at, 'author_display', e.last_seen_at), e.author_display IS NOT NULL, e.author_display COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'author_display', f.last_seen_at) > observation_time(e.observed_at, 'author_display', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.body_text IS DISTINCT FROM f.body_text AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'body_text', f.last_seen_at), f.body_text IS NOT NULL, f.body_text COLLATE "C")
                        > (observation_time(e.observed_at, 'body_text', e.last_seen_at), e.body_text IS NOT NULL, e.body_text COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'body_text', f.last_seen_at) > observation_time(e.observed_at, 'body_text', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.posted_relative IS DISTINCT FROM f.posted_relative AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'posted_relative', f.last_seen_at), f.posted_relative IS NOT NULL, f.posted_relative COLLATE "C")
                        > (observation_time(e.observed_at, 'posted_relative', e.last_seen_at), e.posted_relative IS NOT NULL, e.posted_relative COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'posted_relative', f.last_seen_at) > observation_time(e.observed_at, 'posted_relative', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.source_query IS DISTINCT FROM f.source_query AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'source_query', f.last_seen_at), f.source_query IS NOT NULL, f.source_query COLLATE "C")
                        > (observation_time(e.observed_at, 'source_query', e.last_seen_at), e.source_query IS NOT NULL, e.source_query COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'source_query', f.last_seen_at) > observation_time(e.observed_at, 'source_query', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.watch_tier IS DISTINCT FROM f.watch_tier AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'watch_tier', f.last_seen_at), f.watch_tier IS NOT NULL, f.watch_tier COLLATE "C")
                        > (observation_time(e.observed_at, 'watch_tier', e.last_seen_at), e.watch_tier IS NOT NULL, e.watch_tier COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'watch_tier', f.last_seen_at) > observation_time(e.observed_at, 'watch_tier', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.is_significant IS DISTINCT FROM f.is_significant AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'is_significant', f.last_seen_at), f.is_significant)
                        > (observation_time(e.observed_at, 'is_significant', e.last_seen_at), e.is_significant)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'is_significant', f.last_seen_at) > observation_time(e.observed_at, 'is_significant', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.significance_reason IS DISTINCT FROM f.significance_reason AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'significance_reason', f.last_seen_at), f.significance_reason IS NOT NULL, f.significance_reason COLLATE "C")
                        > (observation_time(e.observed_at, 'significance_reason', e.last_seen_at), e.significance_reason IS NOT NULL, e.significance_reason COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'significance_reason', f.last_seen_at) > observation_time(e.observed_at, 'significance_reason', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.significance_version IS DISTINCT FROM f.significance_version AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'significance_version', f.last_seen_at), f.significance_version IS NOT NULL, f.significance_version COLLATE "C")
                        > (observation_time(e.observed_at, 'significance_version', e.last_seen_at), e.significance_version IS NOT NULL, e.significance_version COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'significance_version', f.last_seen_at) > observation_time(e.observed_at, 'significance_version', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.likes IS DISTINCT FROM f.likes AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'likes', f.last_seen_at), f.likes)
                        > (observation_time(e.observed_at, 'likes', e.last_seen_at), e.likes)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'likes', f.last_seen_at) > observation_time(e.observed_at, 'likes', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.reposts IS DISTINCT FROM f.reposts AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'reposts', f.last_seen_at), f.reposts)
                        > (observation_time(e.observed_at, 'reposts', e.last_seen_at), e.reposts)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'reposts', f.last_seen_at) > observation_time(e.observed_at, 'reposts', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.replies IS DISTINCT FROM f.replies AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'replies', f.last_seen_at), f.replies)
                        > (observation_time(e.observed_at, 'replies', e.last_seen_at), e.replies)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'replies', f.last_seen_at) > observation_time(e.observed_at, 'replies', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.views IS DISTINCT FROM f.views AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'views', f.last_seen_at), f.views)
                        > (observation_time(e.observed_at, 'views', e.last_seen_at), e.views)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'views', f.last_seen_at) > observation_time(e.observed_at, 'views', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.initial_likes IS DISTINCT FROM f.initial_likes AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'initial_likes', f.last_seen_at), f.initial_likes IS NOT NULL, f.initial_likes)
                        > (observation_time(e.observed_at, 'initial_likes', e.last_seen_at), e.initial_likes IS NOT NULL, e.initial_likes)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'initial_likes', f.last_seen_at) > observation_time(e.observed_at, 'initial_likes', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.initial_reposts IS DISTINCT FROM f.initial_reposts AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'initial_reposts', f.last_seen_at), f.initial_reposts IS NOT NULL, f.initial_reposts)
                        > (observation_time(e.observed_at, 'initial_reposts', e.last_seen_at), e.initial_reposts IS NOT NULL, e.initial_reposts)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'initial_reposts', f.last_seen_at) > observation_time(e.observed_at, 'initial_reposts', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.initial_replies IS DISTINCT FROM f.initial_replies AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'initial_replies', f.last_seen_at), f.initial_replies IS NOT NULL, f.initial_replies)
                        > (observation_time(e.observed_at, 'initial_replies', e.last_seen_at), e.initial_replies IS NOT NULL, e.initial_replies)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'initial_replies', f.last_seen_at) > observation_time(e.observed_at, 'initial_replies', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.initial_views IS DISTINCT FROM f.initial_views AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'initial_views', f.last_seen_at), f.initial_views IS NOT NULL, f.initial_views)
                        > (observation_time(e.observed_at, 'initial_views', e.last_seen_at), e.initial_views IS NOT NULL, e.initial_views)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'initial_views', f.last_seen_at) > observation_time(e.observed_at, 'initial_views', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.likes_24h IS DISTINCT FROM f.likes_24h AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'likes_24h', f.last_seen_at), f.likes_24h IS NOT NULL, f.likes_24h)
                        > (observation_time(e.observed_at, 'likes_24h', e.last_seen_at), e.likes_24h IS NOT NULL, e.likes_24h)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'likes_24h', f.last_seen_at) > observation_time(e.observed_at, 'likes_24h', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.reposts_24h IS DISTINCT FROM f.reposts_24h AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'reposts_24h', f.last_seen_at), f.reposts_24h IS NOT NULL, f.reposts_24h)
                        > (observation_time(e.observed_at, 'reposts_24h', e.last_seen_at), e.reposts_24h IS NOT NULL, e.reposts_24h)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'reposts_24h', f.last_seen_at) > observation_time(e.observed_at, 'reposts_24h', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.replies_24h IS DISTINCT FROM f.replies_24h AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'replies_24h', f.last_seen_at), f.replies_24h IS NOT NULL, f.replies_24h)
                        > (observation_time(e.observed_at, 'replies_24h', e.last_seen_at), e.replies_24h IS NOT NULL, e.replies_24h)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'replies_24h', f.last_seen_at) > observation_time(e.observed_at, 'replies_24h', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.views_24h IS DISTINCT FROM f.views_24h AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'views_24h', f.last_seen_at), f.views_24h IS NOT NULL, f.views_24h)
                        > (observation_time(e.observed_at, 'views_24h', e.last_seen_at), e.views_24h IS NOT NULL, e.views_24h)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'views_24h', f.last_seen_at) > observation_time(e.observed_at, 'views_24h', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.refresh_24h_at IS DISTINCT FROM f.refresh_24h_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'refresh_24h_at', f.last_seen_at), f.refresh_24h_at IS NOT NULL, f.refresh_24h_at)
                        > (observation_time(e.observed_at, 'refresh_24h_at', e.last_seen_at), e.refresh_24h_at IS NOT NULL, e.refresh_24h_at)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'refresh_24h_at', f.last_seen_at) > observation_time(e.observed_at, 'refresh_24h_at', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.refresh_24h_status IS DISTINCT FROM f.refresh_24h_status AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'refresh_24h_status', f.last_seen_at), f.refresh_24h_status IS NOT NULL, f.refresh_24h_status COLLATE "C")
                        > (observation_time(e.observed_at, 'refresh_24h_status', e.last_seen_at), e.refresh_24h_status IS NOT NULL, e.refresh_24h_status COLLATE "C")
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'refresh_24h_status', f.last_seen_at) > observation_time(e.observed_at, 'refresh_24h_status', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.refresh_24h_delta_likes IS DISTINCT FROM f.refresh_24h_delta_likes AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'refresh_24h_delta_likes', f.last_seen_at), f.refresh_24h_delta_likes IS NOT NULL, f.refresh_24h_delta_likes)
                        > (observation_time(e.observed_at, 'refresh_24h_delta_likes', e.last_seen_at), e.refresh_24h_delta_likes IS NOT NULL, e.refresh_24h_delta_likes)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'refresh_24h_delta_likes', f.last_seen_at) > observation_time(e.observed_at, 'refresh_24h_delta_likes', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.refresh_24h_delta_reposts IS DISTINCT FROM f.refresh_24h_delta_reposts AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'refresh_24h_delta_reposts', f.last_seen_at), f.refresh_24h_delta_reposts IS NOT NULL, f.refresh_24h_delta_reposts)
                        > (observation_time(e.observed_at, 'refresh_24h_delta_reposts', e.last_seen_at), e.refresh_24h_delta_reposts IS NOT NULL, e.refresh_24h_delta_reposts)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'refresh_24h_delta_reposts', f.last_seen_at) > observation_time(e.observed_at, 'refresh_24h_delta_reposts', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.refresh_24h_delta_replies IS DISTINCT FROM f.refresh_24h_delta_replies AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'refresh_24h_delta_replies', f.last_seen_at), f.refresh_24h_delta_replies IS NOT NULL, f.refresh_24h_delta_replies)
                        > (observation_time(e.observed_at, 'refresh_24h_delta_replies', e.last_seen_at), e.refresh_24h_delta_replies IS NOT NULL, e.refresh_24h_delta_replies)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'refresh_24h_delta_replies', f.last_seen_at) > observation_time(e.observed_at, 'refresh_24h_delta_replies', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.refresh_24h_delta_views IS DISTINCT FROM f.refresh_24h_delta_views AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'refresh_24h_delta_views', f.last_seen_at), f.refresh_24h_delta_views IS NOT NULL, f.refresh_24h_delta_views)
                        > (observation_time(e.observed_at, 'refresh_24h_delta_views', e.last_seen_at), e.refresh_24h_delta_views IS NOT NULL, e.refresh_24h_delta_views)
                    AND (f.last_seen_at = e.last_seen_at OR observation_time(f.observed_at, 'refresh_24h_delta_views', f.last_seen_at) > observation_time(e.observed_at, 'refresh_24h_delta_views', e.last_seen_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.discovered_at IS DISTINCT FROM f.discovered_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND f.discovered_at < e.discovered_at)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.last_seen_at IS DISTINCT FROM f.last_seen_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND f.last_seen_at > e.last_seen_at)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.observed_at IS DISTINCT FROM f.observed_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND true))
FROM
    (SELECT true AS is_there, * FROM incoming_posts AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM posts AS rows) AS f USING (status_id)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by
