-- Snapshot: snapshot.load.posts-holding
-- $1 int8
WITH
    written AS (
        INSERT INTO posts AS stored (status_id, url, author_handle, author_display, body_text, posted_relative, source_query, watch_tier,
            is_significant, significance_reason, significance_version, likes, reposts, replies, views,
            initial_likes, initial_reposts, initial_replies, initial_views, likes_24h, reposts_24h, replies_24h,
            views_24h, refresh_24h_at, refresh_24h_status, refresh_24h_delta_likes, refresh_24h_delta_reposts,
            refresh_24h_delta_replies, refresh_24h_delta_views, discovered_at, last_seen_at, observed_at,
            views_velocity, likes_velocity, inserted_by)
        SELECT news.status_id, news.url, news.author_handle, news.author_display, news.body_text,
            news.posted_relative, news.source_query, news.watch_tier, news.is_significant,
            news.significance_reason, news.significance_version, news.likes, news.reposts, news.replies,
            news.views, news.initial_likes, news.initial_reposts, news.initial_replies, news.initial_views,
            news.likes_24h, news.reposts_24h, news.replies_24h, news.views_24h, news.refresh_24h_at,
            news.refresh_24h_status, news.refresh_24h_delta_likes, news.refresh_24h_delta_reposts,
            news.refresh_24h_delta_replies, news.refresh_24h_delta_views, news.discovered_at, news.last_seen_at,
            news.observed_at, news.views_velocity, news.likes_velocity, $1
        FROM (
                SELECT staged.*, velocity.views AS views_velocity, velocity.likes AS likes_velocity
                FROM incoming_posts AS staged LEFT JOIN LATERAL (
                    SELECT velocity(newest.views, earlier.views, greatest(newest.snapshot_at - earlier.snapshot_at, INTERVAL '15 minutes')) AS views,
                           velocity(newest.likes, earlier.likes, greatest(newest.snapshot_at - earlier.snapshot_at, INTERVAL '15 minutes')) AS likes
                    FROM (
                        SELECT * FROM (VALUES
                                ('initial_capture', staged.discovered_at,
                                 coalesce(staged.initial_likes, staged.likes), coalesce(staged.initial_reposts, staged.reposts),
                                 coalesce(staged.initial_replies, staged.replies), coalesce(staged.initial_views, staged.views)),
                                ('latest_observed', staged.last_seen_at, staged.likes, staged.reposts, staged.replies, staged.views),
                                ('refresh_24h', staged.refresh_24h_at,
                                 coalesce(staged.likes_24h, staged.likes), coalesce(staged.reposts_24h, staged.reposts),
                                 coalesce(staged.replies_24h, staged.replies), coalesce(staged.views_24h, staged.views))) AS s (snapshot_type, snapshot_at, likes, reposts, replies, views) WHERE s.snapshot_at IS NOT NULL
                        ORDER BY snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC LIMIT 1
                    ) AS newest, LATERAL (
                        SELECT * FROM (VALUES
                                ('initial_capture', staged.discovered_at,
                                 coalesce(staged.initial_likes, staged.likes), coalesce(staged.initial_reposts, staged.reposts),
                                 coalesce(staged.initial_replies, staged.replies), coalesce(staged.initial_views, staged.views)),
                                ('latest_observed', staged.last_seen_at, staged.likes, staged.reposts, staged.replies, staged.views),
                                ('refresh_24h', staged.refresh_24h_at,
                                 coalesce(staged.likes_24h, staged.likes), coalesce(staged.reposts_24h, staged.reposts),
                                 coalesce(staged.replies_24h, staged.replies), coalesce(staged.views_24h, staged.views))) AS s (snapshot_type, snapshot_at, likes, reposts, replies, views) WHERE s.snapshot_at IS NOT NULL AND s.snapshot_at < newest.snapshot_at
                        ORDER BY greatest(s.snapshot_at, newest.snapshot_at - INTERVAL '15 minutes'), s.snapshot_at DESC,
                            array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC LIMIT 1
                    ) AS earlier
                ) AS velocity ON true
            ) AS news
            LEFT JOIN posts AS stored USING (status_id)
                LEFT JOIN incoming_history AS held USING (status_id)
            WHERE (stored.status_id IS NULL OR (news.discovered_at < stored.discovered_at OR (news.last_seen_at > stored.last_seen_at OR CASE
                            WHEN news.last_seen_at < stored.last_seen_at
                                AND news.observed_at IS NULL AND stored.observed_at IS NULL
                            THEN false
                            WHEN news.last_seen_at = stored.last_seen_at
                                AND news.observed_at IS NOT DISTINCT FROM stored.observed_at
                            THEN
                                news.url COLLATE "C" > stored.url COLLATE "C"
                                OR news.author_handle COLLATE "C" > stored.author_handle COLLATE "C"
                                OR (news.author_display IS NOT NULL, news.author_display COLLATE "C") > (stored.author_display IS NOT NULL, stored.author_display COLLATE "C")
                                OR (news.body_text IS NOT NULL, news.body_text COLLATE "C") > (stored.body_text IS NOT NULL, stored.body_text COLLATE "C")
                                OR (news.posted_relative IS NOT NULL, news.posted_relative COLLATE "C") > (stored.posted_relative IS NOT NULL, stored.posted_relative COLLATE "C")
                                OR (news.source_query IS NOT NULL, news.source_query COLLATE "C") > (stored.source_query IS NOT NULL, stored.source_query COLLATE "C")
                                OR (news.watch_tier IS NOT NULL, news.watch_tier COLLATE "C") > (stored.watch_tier IS NOT NULL, stored.watch_tier COLLATE "C")
                                OR news.is_significant > stored.is_significant
                                OR (news.significance_reason IS NOT NULL, news.significance_reason COLLATE "C") > (stored.significance_reason IS NOT NULL, stored.significance_reason COLLATE "C")
                                OR (news.significance_version IS NOT NULL, news.significance_version COLLATE "C") > (stored.significance_version IS NOT NULL, stored.significance_version COLLATE "C")
                                OR news.likes > stored.likes
                                OR news.reposts > stored.reposts
                                OR news.replies > stored.replies
                                OR news.views > stored.views
                                OR (news.initial_likes IS NOT NULL, news.initial_likes) > (stored.initial_likes IS NOT NULL, stored.initial_likes)
                                OR (news.initial_reposts IS NOT NULL, news.initial_reposts) > (stored.initial_reposts IS NOT NULL, stored.initial_reposts)
                                OR (news.initial_replies IS NOT NULL, news.initial_replies) > (stored.initial_replies IS NOT NULL, stored.initial_replies)
                                OR (news.initial_views IS NOT NULL, news.initial_views) > (stored.initial_views IS NOT NULL, stored.initial_views)
                                OR (news.likes_24h IS NOT NULL, news.likes_24h) > (stored.likes_24h IS NOT NULL, stored.likes_24h)
                                OR (news.reposts_24h IS NOT NULL, news.reposts_24h) > (stored.reposts_24h IS NOT NULL, stored.reposts_24h)
                                OR (news.replies_24h IS NOT NULL, news.replies_24h) > (stored.replies_24h IS NOT NULL, stored.replies_24h)
                                OR (news.views_24h IS NOT NULL, news.views_24h) > (stored.views_24h IS NOT NULL, stored.views_24h)
                                OR (news.refresh_24h_at IS NOT NULL, news.refresh_24h_at) > (stored.refresh_24h_at IS NOT NULL, stored.refresh_24h_at)
                                OR (news.refresh_24h_status IS NOT NULL, news.refresh_24h_status COLLATE "C") > (stored.refresh_24h_status IS NOT NULL, stored.refresh_24h_status COLLATE "C")
                                OR (news.refresh_24h_delta_likes IS NOT NULL, news.refresh_24h_delta_likes) > (stored.refresh_24h_delta_likes IS NOT NULL, stored.refresh_24h_delta_likes)
                                OR (news.refresh_24h_delta_reposts IS NOT NULL, news.refresh_24h_delta_reposts) > (stored.refresh_24h_delta_reposts IS NOT NULL, stored.refresh_24h_delta_reposts)
                                OR (news.refresh_24h_delta_replies IS NOT NULL, news.refresh_24h_delta_replies) > (stored.refresh_24h_delta_replies IS NOT NULL, stored.refresh_24h_delta_replies)
                                OR (news.refresh_24h_delta_views IS NOT NULL, news.refresh_24h_delta_views) > (stored.refresh_24h_delta_views IS NOT NULL, stored.refresh_24h_delta_views)
                            ELSE
                                (observation_time(news.observed_at, 'url', news.last_seen_at), news.url COLLATE "C")
                                    > (observation_time(stored.observed_at, 'url', stored.last_seen_at), stored.url COLLATE "C")
                                OR (observation_time(news.observed_at, 'author_handle', news.last_seen_at), news.author_handle COLLATE "C")
                                    > (observation_time(stored.observed_at, 'author_handle', stored.last_seen_at), stored.author_handle COLLATE "C")
                                OR (observation_time(news.observed_at, 'author_display', news.last_seen_at), news.author_display IS NOT NULL, news.author_display COLLATE "C")
                                    > (observation_time(stored.observed_at, 'author_display', stored.last_seen_at), stored.author_display IS NOT NULL, stored.author_display COLLATE "C")
                                OR (observation_time(news.observed_at, 'body_text', news.last_seen_at), news.body_text IS NOT NULL, news.body_text COLLATE "C")
                                    > (observation_time(stored.observed_at, 'body_text', stored.last_seen_at), stored.body_text IS NOT NULL, stored.body_text COLLATE "C")
                                OR (observation_time(news.observed_at, 'posted_relative', news.last_seen_at), news.posted_relative IS NOT NULL, news.posted_relative COLLATE "C")
                                    > (observation_time(stored.observed_at, 'posted_relative', stored.last_seen_at), stored.posted_relative IS NOT NULL, stored.posted_relative COLLATE "C")
                                OR (observation_time(news.observed_at, 'source_query', news.last_seen_at), news.source_query IS NOT NULL, news.source_query COLLATE "C")
                                    > (observation_time(stored.observed_at, 'source_query', stored.last_seen_at), stored.source_query IS NOT NULL, stored.source_query COLLATE "C")
                                OR (observation_time(news.observed_at, 'watch_tier', news.last_seen_at), news.watch_tier IS NOT NULL, news.watch_tier COLLATE "C")
                                    > (observation_time(stored.observed_at, 'watch_tier', stored.last_seen_at), stored.watch_tier IS NOT NULL, stored.watch_tier COLLATE "C")
                                OR (observation_time(news.observed_at, 'is_significant', news.last_seen_at), news.is_significant)
                                    > (observation_time(stored.observed_at, 'is_significant', stored.last_seen_at), stored.is_significant)
                                OR (observation_time(news.observed_at, 'significance_reason', news.last_seen_at), news.significance_reason IS NOT NULL, news.significance_reason COLLATE "C")
                                    > (observation_time(stored.observed_at, 'significance_reason', stored.last_seen_at), stored.significance_reason IS NOT NULL, stored.significance_reason COLLATE "C")
                                OR (observation_time(news.observed_at, 'significance_version', news.last_seen_at), news.significance_version IS NOT NULL, news.significance_version COLLATE "C")
                                    > (observation_time(stored.observed_at, 'significance_version', stored.last_seen_at), stored.significance_version IS NOT NULL, stored.significance_version COLLATE "C")
                                OR (observation_time(news.observed_at, 'likes', news.last_seen_at), news.likes)
                                    > (observation_time(stored.observed_at, 'likes', stored.last_seen_at), stored.likes)
                                OR (observation_time(news.observed_at, 'reposts', news.last_seen_at), news.reposts)
                                    > (observation_time(stored.observed_at, 'reposts', stored.last_seen_at), stored.reposts)
                                OR (observation_time(news.observed_at, 'replies', news.last_seen_at), news.replies)
                                    > (observation_time(stored.observed_at, 'replies', stored.last_seen_at), stored.replies)
                                OR (observation_time(news.observed_at, 'views', news.last_seen_at), news.views)
                                    > (observation_time(stored.observed_at, 'views', stored.last_seen_at), stored.views)
                                OR (observation_time(news.observed_at, 'initial_likes', news.last_seen_at), news.initial_likes IS NOT NULL, news.initial_likes)
                                    > (observation_time(stored.observed_at, 'initial_likes', stored.last_seen_at), stored.initial_likes IS NOT NULL, stored.initial_likes)
                                OR (observation_time(news.observed_at, 'initial_reposts', news.last_seen_at), news.initial_reposts IS NOT NULL, news.initial_reposts)
                                    > (observation_time(stored.observed_at, 'initial_reposts', stored.last_seen_at), stored.initial_reposts IS NOT NULL, stored.initial_reposts)
                                OR (observation_time(news.observed_at, 'initial_replies', news.last_seen_at), news.initial_replies IS NOT NULL, news.initial_replies)
                                    > (observation_time(stored.observed_at, 'initial_replies', stored.last_seen_at), stored.initial_replies IS NOT NULL, stored.initial_replies)
                                OR (observation_time(news.observed_at, 'initial_views', news.last_seen_at), news.initial_views IS NOT NULL, news.initial_views)
                                    > (observation_time(stored.observed_at, 'initial_views', stored.last_seen_at), stored.initial_views IS NOT NULL, stored.initial_views)
                                OR (observation_time(news.observed_at, 'likes_24h', news.last_seen_at), news.likes_24h IS NOT NULL, news.likes_24h)
                                    > (observation_time(stored.observed_at, 'likes_24h', stored.last_seen_at), stored.likes_24h IS NOT NULL, stored.likes_24h)
                                OR (observation_time(news.observed_at, 'reposts_24h', news.last_seen_at), news.reposts_24h IS NOT NULL, news.reposts_24h)
                                    > (observation_time(stored.observed_at, 'reposts_24h', stored.last_seen_at), stored.reposts_24h IS NOT NULL, stored.reposts_24h)
                                OR (observation_time(news.observed_at, 'replies_24h', news.last_seen_at), news.replies_24h IS NOT NULL, news.replies_24h)
                                    > (observation_time(stored.observed_at, 'replies_24h', stored.last_seen_at), stored.replies_24h IS NOT NULL, stored.replies_24h)
                                OR (observation_time(news.observed_at, 'views_24h', news.last_seen_at), news.views_24h IS NOT NULL, news.views_24h)
                                    > (observation_time(stored.observed_at, 'views_24h', stored.last_seen_at), stored.views_24h IS NOT NULL, stored.views_24h)
                                OR (observation_time(news.observed_at, 'refresh_24h_at', news.last_seen_at), news.refresh_24h_at IS NOT NULL, news.refresh_24h_at)
                                    > (observation_time(stored.observed_at, 'refresh_24h_at', stored.last_seen_at), stored.refresh_24h_at IS NOT NULL, stored.refresh_24h_at)
                                OR (observation_time(news.observed_at, 'refresh_24h_status', news.last_seen_at), news.refresh_24h_status IS NOT NULL, news.refresh_24h_status COLLATE "C")
                                    > (observation_time(stored.observed_at, 'refresh_24h_status', stored.last_seen_at), stored.refresh_24h_status IS NOT NULL, stored.refresh_24h_status COLLATE "C")
                                OR (observation_time(news.observed_at, 'refresh_24h_delta_likes', news.last_seen_at), news.refresh_24h_delta_likes IS NOT NULL, news.refresh_24h_delta_likes)
                                    > (observation_time(stored.observed_at, 'refresh_24h_delta_likes', stored.last_seen_at), stored.refresh_24h_delta_likes IS NOT NULL, stored.refresh_24h_delta_likes)
                                OR (observation_time(news.observed_at, 'refresh_24h_delta_reposts', news.last_seen_at), news.refresh_24h_delta_reposts IS NOT NULL, news.refresh_24h_delta_reposts)
                                    > (observation_time(stored.observed_at, 'refresh_24h_delta_reposts', stored.last_seen_at), stored.refresh_24h_delta_reposts IS NOT NULL, stored.refresh_24h_delta_reposts)
                                OR (observation_time(news.observed_at, 'refresh_24h_delta_replies', news.last_seen_at), news.refresh_24h_delta_replies IS NOT NULL, news.refresh_24h_delta_replies)
                                    > (observation_time(stored.observed_at, 'refresh_24h_delta_replies', stored.last_seen_at), stored.refresh_24h_delta_replies IS NOT NULL, stored.refresh_24h_delta_replies)
                                OR (observation_time(news.observed_at, 'refresh_24h_delta_views', news.last_seen_at), news.refresh_24h_delta_views IS NOT NULL, news.refresh_24h_delta_views)
                                    > (observation_time(stored.observed_at, 'refresh_24h_delta_views', stored.last_seen_at), stored.refresh_24h_delta_views IS NOT NULL, stored.refresh_24h_delta_views)
                            END))) OR held.status_id IS NOT NULL
        ORDER BY news.status_id COLLATE "C"
        ON CONFLICT (status_id) DO UPDATE SET
            -- Of each column the value that was observed last; of two of one moment the greater.
            (url, author_handle, author_display, body_text, posted_relative, source_query, watch_tier,
                is_significant, significance_reason, significance_version, likes, reposts, replies, views,
                initial_likes, initial_reposts, initial_replies, initial_views, likes_24h, reposts_24h, replies_24h,
                views_24h, refresh_24h_at, refresh_24h_status, refresh_24h_delta_likes, refresh_24h_delta_reposts,
                refresh_24h_delta_replies, refresh_24h_delta_views, set_by) = (
                SELECT
                    CASE WHEN wins.url THEN excluded.url ELSE stored.url END,
                    CASE WHEN wins.author_handle THEN excluded.author_handle ELSE stored.author_handle END,
                    CASE WHEN wins.author_display THEN excluded.author_display ELSE stored.author_display END,
                    CASE WHEN wins.body_text THEN excluded.body_text ELSE stored.body_text END,
                    CASE WHEN wins.posted_relative THEN excluded.posted_relative ELSE stored.posted_relative END,
                    CASE WHEN wins.source_query THEN excluded.source_query ELSE stored.source_query END,
                    CASE WHEN wins.watch_tier THEN excluded.watch_tier ELSE stored.watch_tier END,
                    CASE WHEN wins.is_significant THEN excluded.is_significant ELSE stored.is_significant END,
                    CASE WHEN wins.significance_reason THEN excluded.significance_reason ELSE stored.significance_reason END,
                    CASE WHEN wins.significance_version THEN excluded.significance_version ELSE stored.significance_version END,
                    CASE WHEN wins.likes THEN excluded.likes ELSE stored.likes END,
                    CASE WHEN wins.reposts THEN excluded.reposts ELSE stored.reposts END,
                    CASE WHEN wins.replies THEN excluded.replies ELSE stored.replies END,
                    CASE WHEN wins.views THEN excluded.views ELSE stored.views END,
                    CASE WHEN wins.initial_likes THEN excluded.initial_likes ELSE stored.initial_likes END,
                    CASE WHEN wins.initial_reposts THEN excluded.initial_reposts ELSE stored.initial_reposts END,
                    CASE WHEN wins.initial_replies THEN excluded.initial_replies ELSE stored.initial_replies END,
                    CASE WHEN wins.initial_views THEN excluded.initial_views ELSE stored.initial_views END,
                    CASE WHEN wins.likes_24h THEN excluded.likes_24h ELSE stored.likes_24h END,
                    CASE WHEN wins.reposts_24h THEN excluded.reposts_24h ELSE stored.reposts_24h END,
                    CASE WHEN wins.replies_24h THEN excluded.replies_24h ELSE stored.replies_24h END,
                    CASE WHEN wins.views_24h THEN excluded.views_24h ELSE stored.views_24h END,
                    CASE WHEN wins.refresh_24h_at THEN excluded.refresh_24h_at ELSE stored.refresh_24h_at END,
                    CASE WHEN wins.refresh_24h_status THEN excluded.refresh_24h_status ELSE stored.refresh_24h_status END,
                    CASE WHEN wins.refresh_24h_delta_likes THEN excluded.refresh_24h_delta_likes ELSE stored.refresh_24h_delta_likes END,
                    CASE WHEN wins.refresh_24h_delta_reposts THEN excluded.refresh_24h_delta_reposts ELSE stored.refresh_24h_delta_reposts END,
                    CASE WHEN wins.refresh_24h_delta_replies THEN excluded.refresh_24h_delta_replies ELSE stored.refresh_24h_delta_replies END,
                    CASE WHEN wins.refresh_24h_delta_views THEN excluded.refresh_24h_delta_views ELSE stored.refresh_24h_delta_views END,
                    CASE WHEN excluded.last_seen_at > stored.last_seen_at AND excluded.observed_at IS NULL AND stored.observed_at IS NULL THEN NULL
                        ELSE nullif(jsonb_strip_nulls(jsonb_build_object(
                            'url', nullif(CASE WHEN wins.url THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'url')::BIGINT,
                                    CASE WHEN isfinite(stored_at.url) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'author_handle', nullif(CASE WHEN wins.author_handle THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'author_handle')::BIGINT,
                                    CASE WHEN isfinite(stored_at.author_handle) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'author_display', nullif(CASE WHEN wins.author_display THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'author_display')::BIGINT,
                                    CASE WHEN isfinite(stored_at.author_display) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'body_text', nullif(CASE WHEN wins.body_text THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'body_text')::BIGINT,
                                    CASE WHEN isfinite(stored_at.body_text) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'posted_relative', nullif(CASE WHEN wins.posted_relative THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'posted_relative')::BIGINT,
                                    CASE WHEN isfinite(stored_at.posted_relative) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'source_query', nullif(CASE WHEN wins.source_query THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'source_query')::BIGINT,
                                    CASE WHEN isfinite(stored_at.source_query) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'watch_tier', nullif(CASE WHEN wins.watch_tier THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'watch_tier')::BIGINT,
                                    CASE WHEN isfinite(stored_at.watch_tier) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'is_significant', nullif(CASE WHEN wins.is_significant THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'is_significant')::BIGINT,
                                    CASE WHEN isfinite(stored_at.is_significant) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'significance_reason', nullif(CASE WHEN wins.significance_reason THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'significance_reason')::BIGINT,
                                    CASE WHEN isfinite(stored_at.significance_reason) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'significance_version', nullif(CASE WHEN wins.significance_version THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'significance_version')::BIGINT,
                                    CASE WHEN isfinite(stored_at.significance_version) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'likes', nullif(CASE WHEN wins.likes THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'likes')::BIGINT,
                                    CASE WHEN isfinite(stored_at.likes) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'reposts', nullif(CASE WHEN wins.reposts THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'reposts')::BIGINT,
                                    CASE WHEN isfinite(stored_at.reposts) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'replies', nullif(CASE WHEN wins.replies THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'replies')::BIGINT,
                                    CASE WHEN isfinite(stored_at.replies) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'views', nullif(CASE WHEN wins.views THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'views')::BIGINT,
                                    CASE WHEN isfinite(stored_at.views) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'initial_likes', nullif(CASE WHEN wins.initial_likes THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'initial_likes')::BIGINT,
                                    CASE WHEN isfinite(stored_at.initial_likes) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'initial_reposts', nullif(CASE WHEN wins.initial_reposts THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'initial_reposts')::BIGINT,
                                    CASE WHEN isfinite(stored_at.initial_reposts) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'initial_replies', nullif(CASE WHEN wins.initial_replies THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'initial_replies')::BIGINT,
                                    CASE WHEN isfinite(stored_at.initial_replies) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'initial_views', nullif(CASE WHEN wins.initial_views THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'initial_views')::BIGINT,
                                    CASE WHEN isfinite(stored_at.initial_views) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'likes_24h', nullif(CASE WHEN wins.likes_24h THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'likes_24h')::BIGINT,
                                    CASE WHEN isfinite(stored_at.likes_24h) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'reposts_24h', nullif(CASE WHEN wins.reposts_24h THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'reposts_24h')::BIGINT,
                                    CASE WHEN isfinite(stored_at.reposts_24h) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'replies_24h', nullif(CASE WHEN wins.replies_24h THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'replies_24h')::BIGINT,
                                    CASE WHEN isfinite(stored_at.replies_24h) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'views_24h', nullif(CASE WHEN wins.views_24h THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'views_24h')::BIGINT,
                                    CASE WHEN isfinite(stored_at.views_24h) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'refresh_24h_at', nullif(CASE WHEN wins.refresh_24h_at THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'refresh_24h_at')::BIGINT,
                                    CASE WHEN isfinite(stored_at.refresh_24h_at) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'refresh_24h_status', nullif(CASE WHEN wins.refresh_24h_status THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'refresh_24h_status')::BIGINT,
                                    CASE WHEN isfinite(stored_at.refresh_24h_status) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'refresh_24h_delta_likes', nullif(CASE WHEN wins.refresh_24h_delta_likes THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'refresh_24h_delta_likes')::BIGINT,
                                    CASE WHEN isfinite(stored_at.refresh_24h_delta_likes) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'refresh_24h_delta_reposts', nullif(CASE WHEN wins.refresh_24h_delta_reposts THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'refresh_24h_delta_reposts')::BIGINT,
                                    CASE WHEN isfinite(stored_at.refresh_24h_delta_reposts) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'refresh_24h_delta_replies', nullif(CASE WHEN wins.refresh_24h_delta_replies THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'refresh_24h_delta_replies')::BIGINT,
                                    CASE WHEN isfinite(stored_at.refresh_24h_delta_replies) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END),
                            'refresh_24h_delta_views', nullif(CASE WHEN wins.refresh_24h_delta_views THEN excluded.inserted_by
                                ELSE coalesce((stored.set_by ->> 'refresh_24h_delta_views')::BIGINT,
                                    CASE WHEN isfinite(stored_at.refresh_24h_delta_views) THEN coalesce(stored.seen_by, stored.inserted_by) END) END, CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE coalesce(stored.seen_by, stored.inserted_by) END))), '{}') END
                FROM
                    (SELECT
                        observation_time(excluded.observed_at, 'url', excluded.last_seen_at) AS url,
                        observation_time(excluded.observed_at, 'author_handle', excluded.last_seen_at) AS author_handle,
                        observation_time(excluded.observed_at, 'author_display', excluded.last_seen_at) AS author_display,
                        observation_time(excluded.observed_at, 'body_text', excluded.last_seen_at) AS body_text,
                        observation_time(excluded.observed_at, 'posted_relative', excluded.last_seen_at) AS posted_relative,
                        observation_time(excluded.observed_at, 'source_query', excluded.last_seen_at) AS source_query,
                        observation_time(excluded.observed_at, 'watch_tier', excluded.last_seen_at) AS watch_tier,
                        observation_time(excluded.observed_at, 'is_significant', excluded.last_seen_at) AS is_significant,
                        observation_time(excluded.observed_at, 'significance_reason', excluded.last_seen_at) AS significance_reason,
                        observation_time(excluded.observed_at, 'significance_version', excluded.last_seen_at) AS significance_version,
                        observation_time(excluded.observed_at, 'likes', excluded.last_seen_at) AS likes,
                        observation_time(excluded.observed_at, 'reposts', excluded.last_seen_at) AS reposts,
                        observation_time(excluded.observed_at, 'replies', excluded.last_seen_at) AS replies,
                        observation_time(excluded.observed_at, 'views', excluded.last_seen_at) AS views,
                        observation_time(excluded.observed_at, 'initial_likes', excluded.last_seen_at) AS initial_likes,
                        observation_time(excluded.observed_at, 'initial_reposts', excluded.last_seen_at) AS initial_reposts,
                        observation_time(excluded.observed_at, 'initial_replies', excluded.last_seen_at) AS initial_replies,
                        observation_time(excluded.observed_at, 'initial_views', excluded.last_seen_at) AS initial_views,
                        observation_time(excluded.observed_at, 'likes_24h', excluded.last_seen_at) AS likes_24h,
                        observation_time(excluded.observed_at, 'reposts_24h', excluded.last_seen_at) AS reposts_24h,
                        observation_time(excluded.observed_at, 'replies_24h', excluded.last_seen_at) AS replies_24h,
                        observation_time(excluded.observed_at, 'views_24h', excluded.last_seen_at) AS views_24h,
                        observation_time(excluded.observed_at, 'refresh_24h_at', excluded.last_seen_at) AS refresh_24h_at,
                        observation_time(excluded.observed_at, 'refresh_24h_status', excluded.last_seen_at) AS refresh_24h_status,
                        observation_time(excluded.observed_at, 'refresh_24h_delta_likes', excluded.last_seen_at) AS refresh_24h_delta_likes,
                        observation_time(excluded.observed_at, 'refresh_24h_delta_reposts', excluded.last_seen_at) AS refresh_24h_delta_reposts,
                        observation_time(excluded.observed_at, 'refresh_24h_delta_replies', excluded.last_seen_at) AS refresh_24h_delta_replies,
                        observation_time(excluded.observed_at, 'refresh_24h_delta_views', excluded.last_seen_at) AS refresh_24h_delta_views
                        OFFSET 0) AS news_at,
                    (SELECT
                        observation_time(stored.observed_at, 'url', stored.last_seen_at) AS url,
                        observation_time(stored.observed_at, 'author_handle', stored.last_seen_at) AS author_handle,
                        observation_time(stored.observed_at, 'author_display', stored.last_seen_at) AS author_display,
                        observation_time(stored.observed_at, 'body_text', stored.last_seen_at) AS body_text,
                        observation_time(stored.observed_at, 'posted_relative', stored.last_seen_at) AS posted_relative,
                        observation_time(stored.observed_at, 'source_query', stored.last_seen_at) AS source_query,
                        observation_time(stored.observed_at, 'watch_tier', stored.last_seen_at) AS watch_tier,
                        observation_time(stored.observed_at, 'is_significant', stored.last_seen_at) AS is_significant,
                        observation_time(stored.observed_at, 'significance_reason', stored.last_seen_at) AS significance_reason,
                        observation_time(stored.observed_at, 'significance_version', stored.last_seen_at) AS significance_version,
                        observation_time(stored.observed_at, 'likes', stored.last_seen_at) AS likes,
                        observation_time(stored.observed_at, 'reposts', stored.last_seen_at) AS reposts,
                        observation_time(stored.observed_at, 'replies', stored.last_seen_at) AS replies,
                        observation_time(stored.observed_at, 'views', stored.last_seen_at) AS views,
                        observation_time(stored.observed_at, 'initial_likes', stored.last_seen_at) AS initial_likes,
                        observation_time(stored.observed_at, 'initial_reposts', stored.last_seen_at) AS initial_reposts,
                        observation_time(stored.observed_at, 'initial_replies', stored.last_seen_at) AS initial_replies,
                        observation_time(stored.observed_at, 'initial_views', stored.last_seen_at) AS initial_views,
                        observation_time(stored.observed_at, 'likes_24h', stored.last_seen_at) AS likes_24h,
                        observation_time(stored.observed_at, 'reposts_24h', stored.last_seen_at) AS reposts_24h,
                        observation_time(stored.observed_at, 'replies_24h', stored.last_seen_at) AS replies_24h,
                        observation_time(stored.observed_at, 'views_24h', stored.last_seen_at) AS views_24h,
                        observation_time(stored.observed_at, 'refresh_24h_at', stored.last_seen_at) AS refresh_24h_at,
                        observation_time(stored.observed_at, 'refresh_24h_status', stored.last_seen_at) AS refresh_24h_status,
                        observation_time(stored.observed_at, 'refresh_24h_delta_likes', stored.last_seen_at) AS refresh_24h_delta_likes,
                        observation_time(stored.observed_at, 'refresh_24h_delta_reposts', stored.last_seen_at) AS refresh_24h_delta_reposts,
                        observation_time(stored.observed_at, 'refresh_24h_delta_replies', stored.last_seen_at) AS refresh_24h_delta_replies,
                        observation_time(stored.observed_at, 'refresh_24h_delta_views', stored.last_seen_at) AS refresh_24h_delta_views
                        OFFSET 0) AS stored_at,
                    LATERAL (SELECT
                        (news_at.url, excluded.url COLLATE "C")
                            > (stored_at.url, stored.url COLLATE "C") AS url,
                        (news_at.author_handle, excluded.author_handle COLLATE "C")
                            > (stored_at.author_handle, stored.author_handle COLLATE "C") AS author_handle,
                        (news_at.author_display, excluded.author_display IS NOT NULL, excluded.author_display COLLATE "C")
                            > (stored_at.author_display, stored.author_display IS NOT NULL, stored.author_display COLLATE "C") AS author_display,
                        (news_at.body_text, excluded.body_text IS NOT NULL, excluded.body_text COLLATE "C")
                            > (stored_at.body_text, stored.body_text IS NOT NULL, stored.body_text COLLATE "C") AS body_text,
                        (news_at.posted_relative, excluded.posted_relative IS NOT NULL, excluded.posted_relative COLLATE "C")
                            > (stored_at.posted_relative, stored.posted_relative IS NOT NULL, stored.posted_relative COLLATE "C") AS posted_relative,
                        (news_at.source_query, excluded.source_query IS NOT NULL, excluded.source_query COLLATE "C")
                            > (stored_at.source_query, stored.source_query IS NOT NULL, stored.source_query COLLATE "C") AS source_query,
                        (news_at.watch_tier, excluded.watch_tier IS NOT NULL, excluded.watch_tier COLLATE "C")
                            > (stored_at.watch_tier, stored.watch_tier IS NOT NULL, stored.watch_tier COLLATE "C") AS watch_tier,
                        (news_at.is_significant, excluded.is_significant)
                            > (stored_at.is_significant, stored.is_significant) AS is_significant,
                        (news_at.significance_reason, excluded.significance_reason IS NOT NULL, excluded.significance_reason COLLATE "C")
                            > (stored_at.significance_reason, stored.significance_reason IS NOT NULL, stored.significance_reason COLLATE "C") AS significance_reason,
                        (news_at.significance_version, excluded.significance_version IS NOT NULL, excluded.significance_version COLLATE "C")
                            > (stored_at.significance_version, stored.significance_version IS NOT NULL, stored.significance_version COLLATE "C") AS significance_version,
                        (news_at.likes, excluded.likes)
                            > (stored_at.likes, stored.likes) AS likes,
                        (news_at.reposts, excluded.reposts)
                            > (stored_at.reposts, stored.reposts) AS reposts,
                        (news_at.replies, excluded.replies)
                            > (stored_at.replies, stored.replies) AS replies,
                        (news_at.views, excluded.views)
                            > (stored_at.views, stored.views) AS views,
                        (news_at.initial_likes, excluded.initial_likes IS NOT NULL, excluded.initial_likes)
                            > (stored_at.initial_likes, stored.initial_likes IS NOT NULL, stored.initial_likes) AS initial_likes,
                        (news_at.initial_reposts, excluded.initial_reposts IS NOT NULL, excluded.initial_reposts)
                            > (stored_at.initial_reposts, stored.initial_reposts IS NOT NULL, stored.initial_reposts) AS initial_reposts,
                        (news_at.initial_replies, excluded.initial_replies IS NOT NULL, excluded.initial_replies)
                            > (stored_at.initial_replies, stored.initial_replies IS NOT NULL, stored.initial_replies) AS initial_replies,
                        (news_at.initial_views, excluded.initial_views IS NOT NULL, excluded.initial_views)
                            > (stored_at.initial_views, stored.initial_views IS NOT NULL, stored.initial_views) AS initial_views,
                        (news_at.likes_24h, excluded.likes_24h IS NOT NULL, excluded.likes_24h)
                            > (stored_at.likes_24h, stored.likes_24h IS NOT NULL, stored.likes_24h) AS likes_24h,
                        (news_at.reposts_24h, excluded.reposts_24h IS NOT NULL, excluded.reposts_24h)
                            > (stored_at.reposts_24h, stored.reposts_24h IS NOT NULL, stored.reposts_24h) AS reposts_24h,
                        (news_at.replies_24h, excluded.replies_24h IS NOT NULL, excluded.replies_24h)
                            > (stored_at.replies_24h, stored.replies_24h IS NOT NULL, stored.replies_24h) AS replies_24h,
                        (news_at.views_24h, excluded.views_24h IS NOT NULL, excluded.views_24h)
                            > (stored_at.views_24h, stored.views_24h IS NOT NULL, stored.views_24h) AS views_24h,
                        (news_at.refresh_24h_at, excluded.refresh_24h_at IS NOT NULL, excluded.refresh_24h_at)
                            > (stored_at.refresh_24h_at, stored.refresh_24h_at IS NOT NULL, stored.refresh_24h_at) AS refresh_24h_at,
                        (news_at.refresh_24h_status, excluded.refresh_24h_status IS NOT NULL, excluded.refresh_24h_status COLLATE "C")
                            > (stored_at.refresh_24h_status, stored.refresh_24h_status IS NOT NULL, stored.refresh_24h_status COLLATE "C") AS refresh_24h_status,
                        (news_at.refresh_24h_delta_likes, excluded.refresh_24h_delta_likes IS NOT NULL, excluded.refresh_24h_delta_likes)
                            > (stored_at.refresh_24h_delta_likes, stored.refresh_24h_delta_likes IS NOT NULL, stored.refresh_24h_delta_likes) AS refresh_24h_delta_likes,
                        (news_at.refresh_24h_delta_reposts, excluded.refresh_24h_delta_reposts IS NOT NULL, excluded.refresh_24h_delta_reposts)
                            > (stored_at.refresh_24h_delta_reposts, stored.refresh_24h_delta_reposts IS NOT NULL, stored.refresh_24h_delta_reposts) AS refresh_24h_delta_reposts,
                        (news_at.refresh_24h_delta_replies, excluded.refresh_24h_delta_replies IS NOT NULL, excluded.refresh_24h_delta_replies)
                            > (stored_at.refresh_24h_delta_replies, stored.refresh_24h_delta_replies IS NOT NULL, stored.refresh_24h_delta_replies) AS refresh_24h_delta_replies,
                        (news_at.refresh_24h_delta_views, excluded.refresh_24h_delta_views IS NOT NULL, excluded.refresh_24h_delta_views)
                            > (stored_at.refresh_24h_delta_views, stored.refresh_24h_delta_views IS NOT NULL, stored.refresh_24h_delta_views) AS refresh_24h_delta_views
                        OFFSET 0) AS wins),
            observed_at = CASE WHEN excluded.observed_at IS NULL AND stored.observed_at IS NULL THEN NULL
                ELSE merged_observed_at(excluded.observed_at, excluded.last_seen_at, stored.observed_at, stored.last_seen_at) END,
            last_seen_at = greatest(stored.last_seen_at, excluded.last_seen_at),
            discovered_at = least(stored.discovered_at, excluded.discovered_at),
            updated_at = now(),
            updated_by = excluded.inserted_by,
            seen_by = CASE WHEN excluded.last_seen_at > stored.last_seen_at THEN excluded.inserted_by ELSE stored.seen_by END,
            changed_before = CASE WHEN stored.updated_by IS NULL THEN stored.changed_before
                ELSE array_append(stored.changed_before, stored.updated_by) END
        WHERE (excluded.discovered_at < stored.discovered_at OR (excluded.last_seen_at > stored.last_seen_at OR CASE
                    WHEN excluded.last_seen_at < stored.last_seen_at
                        AND excluded.observed_at IS NULL AND stored.observed_at IS NULL
                    THEN false
                    WHEN excluded.last_seen_at = stored.last_seen_at
                        AND excluded.observed_at IS NOT DISTINCT FROM stored.observed_at
                    THEN
                        excluded.url COLLATE "C" > stored.url COLLATE "C"
                        OR excluded.author_handle COLLATE "C" > stored.author_handle COLLATE "C"
                        OR (excluded.author_display IS NOT NULL, excluded.author_display COLLATE "C") > (stored.author_display IS NOT NULL, stored.author_display COLLATE "C")
                        OR (excluded.body_text IS NOT NULL, excluded.body_text COLLATE "C") > (stored.body_text IS NOT NULL, stored.body_text COLLATE "C")
                        OR (excluded.posted_relative IS NOT NULL, excluded.posted_relative COLLATE "C") > (stored.posted_relative IS NOT NULL, stored.posted_relative COLLATE "C")
                        OR (excluded.source_query IS NOT NULL, excluded.source_query COLLATE "C") > (stored.source_query IS NOT NULL, stored.source_query COLLATE "C")
                        OR (excluded.watch_tier IS NOT NULL, excluded.watch_tier COLLATE "C") > (stored.watch_tier IS NOT NULL, stored.watch_tier COLLATE "C")
                        OR excluded.is_significant > stored.is_significant
                        OR (excluded.significance_reason IS NOT NULL, excluded.significance_reason COLLATE "C") > (stored.significance_reason IS NOT NULL, stored.significance_reason COLLATE "C")
                        OR (excluded.significance_version IS NOT NULL, excluded.significance_version COLLATE "C") > (stored.significance_version IS NOT NULL, stored.significance_version COLLATE "C")
                        OR excluded.likes > stored.likes
                        OR excluded.reposts > stored.reposts
                        OR excluded.replies > stored.replies
                        OR excluded.views > stored.views
                        OR (excluded.initial_likes IS NOT NULL, excluded.initial_likes) > (stored.initial_likes IS NOT NULL, stored.initial_likes)
                        OR (excluded.initial_reposts IS NOT NULL, excluded.initial_reposts) > (stored.initial_reposts IS NOT NULL, stored.initial_reposts)
                        OR (excluded.initial_replies IS NOT NULL, excluded.initial_replies) > (stored.initial_replies IS NOT NULL, stored.initial_replies)
                        OR (excluded.initial_views IS NOT NULL, excluded.initial_views) > (stored.initial_views IS NOT NULL, stored.initial_views)
                        OR (excluded.likes_24h IS NOT NULL, excluded.likes_24h) > (stored.likes_24h IS NOT NULL, stored.likes_24h)
                        OR (excluded.reposts_24h IS NOT NULL, excluded.reposts_24h) > (stored.reposts_24h IS NOT NULL, stored.reposts_24h)
                        OR (excluded.replies_24h IS NOT NULL, excluded.replies_24h) > (stored.replies_24h IS NOT NULL, stored.replies_24h)
                        OR (excluded.views_24h IS NOT NULL, excluded.views_24h) > (stored.views_24h IS NOT NULL, stored.views_24h)
                        OR (excluded.refresh_24h_at IS NOT NULL, excluded.refresh_24h_at) > (stored.refresh_24h_at IS NOT NULL, stored.refresh_24h_at)
                        OR (excluded.refresh_24h_status IS NOT NULL, excluded.refresh_24h_status COLLATE "C") > (stored.refresh_24h_status IS NOT NULL, stored.refresh_24h_status COLLATE "C")
                        OR (excluded.refresh_24h_delta_likes IS NOT NULL, excluded.refresh_24h_delta_likes) > (stored.refresh_24h_delta_likes IS NOT NULL, stored.refresh_24h_delta_likes)
                        OR (excluded.refresh_24h_delta_reposts IS NOT NULL, excluded.refresh_24h_delta_reposts) > (stored.refresh_24h_delta_reposts IS NOT NULL, stored.refresh_24h_delta_reposts)
                        OR (excluded.refresh_24h_delta_replies IS NOT NULL, excluded.refresh_24h_delta_replies) > (stored.refresh_24h_delta_replies IS NOT NULL, stored.refresh_24h_delta_replies)
                        OR (excluded.refresh_24h_delta_views IS NOT NULL, excluded.refresh_24h_delta_views) > (stored.refresh_24h_delta_views IS NOT NULL, stored.refresh_24h_delta_views)
                    ELSE
                        (observation_time(excluded.observed_at, 'url', excluded.last_seen_at), excluded.url COLLATE "C")
                            > (observation_time(stored.observed_at, 'url', stored.last_seen_at), stored.url COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'author_handle', excluded.last_seen_at), excluded.author_handle COLLATE "C")
                            > (observation_time(stored.observed_at, 'author_handle', stored.last_seen_at), stored.author_handle COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'author_display', excluded.last_seen_at), excluded.author_display IS NOT NULL, excluded.author_display COLLATE "C")
                            > (observation_time(stored.observed_at, 'author_display', stored.last_seen_at), stored.author_display IS NOT NULL, stored.author_display COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'body_text', excluded.last_seen_at), excluded.body_text IS NOT NULL, excluded.body_text COLLATE "C")
                            > (observation_time(stored.observed_at, 'body_text', stored.last_seen_at), stored.body_text IS NOT NULL, stored.body_text COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'posted_relative', excluded.last_seen_at), excluded.posted_relative IS NOT NULL, excluded.posted_relative COLLATE "C")
                            > (observation_time(stored.observed_at, 'posted_relative', stored.last_seen_at), stored.posted_relative IS NOT NULL, stored.posted_relative COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'source_query', excluded.last_seen_at), excluded.source_query IS NOT NULL, excluded.source_query COLLATE "C")
                            > (observation_time(stored.observed_at, 'source_query', stored.last_seen_at), stored.source_query IS NOT NULL, stored.source_query COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'watch_tier', excluded.last_seen_at), excluded.watch_tier IS NOT NULL, excluded.watch_tier COLLATE "C")
                            > (observation_time(stored.observed_at, 'watch_tier', stored.last_seen_at), stored.watch_tier IS NOT NULL, stored.watch_tier COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'is_significant', excluded.last_seen_at), excluded.is_significant)
                            > (observation_time(stored.observed_at, 'is_significant', stored.last_seen_at), stored.is_significant)
                        OR (observation_time(excluded.observed_at, 'significance_reason', excluded.last_seen_at), excluded.significance_reason IS NOT NULL, excluded.significance_reason COLLATE "C")
                            > (observation_time(stored.observed_at, 'significance_reason', stored.last_seen_at), stored.significance_reason IS NOT NULL, stored.significance_reason COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'significance_version', excluded.last_seen_at), excluded.significance_version IS NOT NULL, excluded.significance_version COLLATE "C")
                            > (observation_time(stored.observed_at, 'significance_version', stored.last_seen_at), stored.significance_version IS NOT NULL, stored.significance_version COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'likes', excluded.last_seen_at), excluded.likes)
                            > (observation_time(stored.observed_at, 'likes', stored.last_seen_at), stored.likes)
                        OR (observation_time(excluded.observed_at, 'reposts', excluded.last_seen_at), excluded.reposts)
                            > (observation_time(stored.observed_at, 'reposts', stored.last_seen_at), stored.reposts)
                        OR (observation_time(excluded.observed_at, 'replies', excluded.last_seen_at), excluded.replies)
                            > (observation_time(stored.observed_at, 'replies', stored.last_seen_at), stored.replies)
                        OR (observation_time(excluded.observed_at, 'views', excluded.last_seen_at), excluded.views)
                            > (observation_time(stored.observed_at, 'views', stored.last_seen_at), stored.views)
                        OR (observation_time(excluded.observed_at, 'initial_likes', excluded.last_seen_at), excluded.initial_likes IS NOT NULL, excluded.initial_likes)
                            > (observation_time(stored.observed_at, 'initial_likes', stored.last_seen_at), stored.initial_likes IS NOT NULL, stored.initial_likes)
                        OR (observation_time(excluded.observed_at, 'initial_reposts', excluded.last_seen_at), excluded.initial_reposts IS NOT NULL, excluded.initial_reposts)
                            > (observation_time(stored.observed_at, 'initial_reposts', stored.last_seen_at), stored.initial_reposts IS NOT NULL, stored.initial_reposts)
                        OR (observation_time(excluded.observed_at, 'initial_replies', excluded.last_seen_at), excluded.initial_replies IS NOT NULL, excluded.initial_replies)
                            > (observation_time(stored.observed_at, 'initial_replies', stored.last_seen_at), stored.initial_replies IS NOT NULL, stored.initial_replies)
                        OR (observation_time(excluded.observed_at, 'initial_views', excluded.last_seen_at), excluded.initial_views IS NOT NULL, excluded.initial_views)
                            > (observation_time(stored.observed_at, 'initial_views', stored.last_seen_at), stored.initial_views IS NOT NULL, stored.initial_views)
                        OR (observation_time(excluded.observed_at, 'likes_24h', excluded.last_seen_at), excluded.likes_24h IS NOT NULL, excluded.likes_24h)
                            > (observation_time(stored.observed_at, 'likes_24h', stored.last_seen_at), stored.likes_24h IS NOT NULL, stored.likes_24h)
                        OR (observation_time(excluded.observed_at, 'reposts_24h', excluded.last_seen_at), excluded.reposts_24h IS NOT NULL, excluded.reposts_24h)
                            > (observation_time(stored.observed_at, 'reposts_24h', stored.last_seen_at), stored.reposts_24h IS NOT NULL, stored.reposts_24h)
                        OR (observation_time(excluded.observed_at, 'replies_24h', excluded.last_seen_at), excluded.replies_24h IS NOT NULL, excluded.replies_24h)
                            > (observation_time(stored.observed_at, 'replies_24h', stored.last_seen_at), stored.replies_24h IS NOT NULL, stored.replies_24h)
                        OR (observation_time(excluded.observed_at, 'views_24h', excluded.last_seen_at), excluded.views_24h IS NOT NULL, excluded.views_24h)
                            > (observation_time(stored.observed_at, 'views_24h', stored.last_seen_at), stored.views_24h IS NOT NULL, stored.views_24h)
                        OR (observation_time(excluded.observed_at, 'refresh_24h_at', excluded.last_seen_at), excluded.refresh_24h_at IS NOT NULL, excluded.refresh_24h_at)
                            > (observation_time(stored.observed_at, 'refresh_24h_at', stored.last_seen_at), stored.refresh_24h_at IS NOT NULL, stored.refresh_24h_at)
                        OR (observation_time(excluded.observed_at, 'refresh_24h_status', excluded.last_seen_at), excluded.refresh_24h_status IS NOT NULL, excluded.refresh_24h_status COLLATE "C")
                            > (observation_time(stored.observed_at, 'refresh_24h_status', stored.last_seen_at), stored.refresh_24h_status IS NOT NULL, stored.refresh_24h_status COLLATE "C")
                        OR (observation_time(excluded.observed_at, 'refresh_24h_delta_likes', excluded.last_seen_at), excluded.refresh_24h_delta_likes IS NOT NULL, excluded.refresh_24h_delta_likes)
                            > (observation_time(stored.observed_at, 'refresh_24h_delta_likes', stored.last_seen_at), stored.refresh_24h_delta_likes IS NOT NULL, stored.refresh_24h_delta_likes)
                        OR (observation_time(excluded.observed_at, 'refresh_24h_delta_reposts', excluded.last_seen_at), excluded.refresh_24h_delta_reposts IS NOT NULL, excluded.refresh_24h_delta_reposts)
                            > (observation_time(stored.observed_at, 'refresh_24h_delta_reposts', stored.last_seen_at), stored.refresh_24h_delta_reposts IS NOT NULL, stored.refresh_24h_delta_reposts)
                        OR (observation_time(excluded.observed_at, 'refresh_24h_delta_replies', excluded.last_seen_at), excluded.refresh_24h_delta_replies IS NOT NULL, excluded.refresh_24h_delta_replies)
                            > (observation_time(stored.observed_at, 'refresh_24h_delta_replies', stored.last_seen_at), stored.refresh_24h_delta_replies IS NOT NULL, stored.refresh_24h_delta_replies)
                        OR (observation_time(excluded.observed_at, 'refresh_24h_delta_views', excluded.last_seen_at), excluded.refresh_24h_delta_views IS NOT NULL, excluded.refresh_24h_delta_views)
                            > (observation_time(stored.observed_at, 'refresh_24h_delta_views', stored.last_seen_at), stored.refresh_24h_delta_views IS NOT NULL, stored.refresh_24h_delta_views)
                    END))
        RETURNING xmax = 0 AS is_new, status_id
    ),
    recorded AS (
        INSERT INTO changes (kind, status_ids)
        SELECT kind, array_agg(status_id)
        FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM written) AS numbered,
             (VALUES ('post')) AS kinds (kind)
        GROUP BY chunk, kind ORDER BY chunk
    )
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
