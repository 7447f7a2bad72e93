-- Store: posts.counters
-- $1 int8, $2 text[], $3 int8[], $4 timestamptz[], $5 int8[], $6 timestamptz[], $7 int8[], $8 timestamptz[], $9 int8[], $10 timestamptz[]
UPDATE posts AS stored SET
    (likes, reposts, replies, views, observed_at, set_by) = (
        SELECT
            CASE WHEN wins.likes THEN news.likes ELSE stored.likes END,
            CASE WHEN wins.reposts THEN news.reposts ELSE stored.reposts END,
            CASE WHEN wins.replies THEN news.replies ELSE stored.replies END,
            CASE WHEN wins.views THEN news.views ELSE stored.views END,
            with_observation(
                with_observation(
                    with_observation(
                        with_observation(
                            stored.observed_at,
                            'likes', CASE WHEN wins.likes THEN news.likes_at END, stored.last_seen_at),
                        'reposts', CASE WHEN wins.reposts THEN news.reposts_at END, stored.last_seen_at),
                    'replies', CASE WHEN wins.replies THEN news.replies_at END, stored.last_seen_at),
                'views', CASE WHEN wins.views THEN news.views_at END, stored.last_seen_at),
            coalesce(stored.set_by, '{}') || jsonb_strip_nulls(jsonb_build_object(
                'likes', CASE WHEN wins.likes THEN news.batch END,
                'reposts', CASE WHEN wins.reposts THEN news.batch END,
                'replies', CASE WHEN wins.replies THEN news.batch END,
                'views', CASE WHEN wins.views THEN news.batch END))
        FROM (SELECT
            (news.likes_at, news.likes)
                > (observation_time(stored.observed_at, 'likes', stored.last_seen_at), stored.likes) AS likes,
            (news.reposts_at, news.reposts)
                > (observation_time(stored.observed_at, 'reposts', stored.last_seen_at), stored.reposts) AS reposts,
            (news.replies_at, news.replies)
                > (observation_time(stored.observed_at, 'replies', stored.last_seen_at), stored.replies) AS replies,
            (news.views_at, news.views)
                > (observation_time(stored.observed_at, 'views', stored.last_seen_at), stored.views) AS views
            OFFSET 0) AS wins),
    updated_at = now(), updated_by = news.batch
FROM (
    SELECT *, $1 AS batch
    FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)
        AS news (status_id, likes, likes_at, reposts, reposts_at, replies, replies_at, views, views_at)) AS news
WHERE stored.status_id = news.status_id AND (
    (news.likes_at, news.likes)
        > (observation_time(stored.observed_at, 'likes', stored.last_seen_at), stored.likes)
    OR (news.reposts_at, news.reposts)
        > (observation_time(stored.observed_at, 'reposts', stored.last_seen_at), stored.reposts)
    OR (news.replies_at, news.replies)
        > (observation_time(stored.observed_at, 'replies', stored.last_seen_at), stored.replies)
    OR (news.views_at, news.views)
        > (observation_time(stored.observed_at, 'views', stored.last_seen_at), stored.views))
RETURNING stored.status_id
