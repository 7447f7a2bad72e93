-- The orders of the feed besides that of discovery, and how fast posts spread.

-- The true time of posting in microseconds since 1970, taken from the id; the least number for an id that tells none.
CREATE FUNCTION posting_rank(status_id TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN status_id ~ '^[0-9]+$' AND status_id::NUMERIC BETWEEN 29700000000 AND 9223372036854775807
        THEN ((status_id::BIGINT >> 22) + 1288834974657) * 1000
        ELSE (-9223372036854775808)::BIGINT
    END
$$;

-- How much a counter grew in an hour, in thousandths, rounded down, from two values of it and the time between them.
CREATE FUNCTION velocity(newest BIGINT, earlier BIGINT, time_between INTERVAL) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(-9e18, least(9e18, floor(
        (newest - earlier)::DOUBLE PRECISION * 3600000000000::DOUBLE PRECISION
        / (extract(EPOCH FROM time_between) * 1000000)::DOUBLE PRECISION)))::BIGINT
$$;

-- Views and likes per hour, in thousandths, between the newest snapshot of a post and the newest one of an earlier moment.
-- NULL when its history has less than two moments.
ALTER TABLE posts ADD COLUMN views_velocity BIGINT, ADD COLUMN likes_velocity BIGINT;

WITH moments AS (
    SELECT DISTINCT ON (status_id, snapshot_at) status_id, snapshot_at, views, likes
    FROM post_metrics_snapshots
    ORDER BY status_id, snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], snapshot_type) DESC
), pairs AS (
    SELECT status_id, row_number() OVER history AS place,
           velocity(views, lead(views) OVER history, snapshot_at - lead(snapshot_at) OVER history) AS views,
           velocity(likes, lead(likes) OVER history, snapshot_at - lead(snapshot_at) OVER history) AS likes
    FROM moments WINDOW history AS (PARTITION BY status_id ORDER BY snapshot_at DESC)
)
UPDATE posts SET views_velocity = pairs.views, likes_velocity = pairs.likes
FROM pairs WHERE pairs.status_id = posts.status_id AND pairs.place = 1 AND pairs.views IS NOT NULL;

-- One index for each order; a page of any depth is read from it.
CREATE INDEX posts_by_posting ON posts (posting_rank(status_id) DESC, status_id DESC);
CREATE INDEX posts_by_likes ON posts (likes DESC, status_id DESC);
CREATE INDEX posts_by_views ON posts (views DESC, status_id DESC);
CREATE INDEX posts_by_velocity ON posts (coalesce(views_velocity, (-9223372036854775808)::BIGINT) DESC, status_id DESC);
