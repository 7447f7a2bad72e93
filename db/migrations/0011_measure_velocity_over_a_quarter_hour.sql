-- Two observations within seconds told what a post gains in an hour. docs/adr/0017-velocity-over-a-quarter-hour.md has the rule of now.
DO $do$
DECLARE
    close TEXT[];
BEGIN
    SELECT array_agg(DISTINCT s.status_id) INTO close
    FROM (SELECT status_id, max(snapshot_at) AS snapshot_at FROM post_metrics_snapshots GROUP BY status_id) AS newest
    JOIN post_metrics_snapshots AS s USING (status_id)
    WHERE s.snapshot_at < newest.snapshot_at AND s.snapshot_at > newest.snapshot_at - INTERVAL '15 minutes';
    -- In the order in which every writer locks them. The statement after it sees the history that the last of them wrote.
    PERFORM FROM posts WHERE status_id = ANY(close) ORDER BY status_id FOR NO KEY UPDATE;
    WITH changed AS (
        UPDATE posts SET views_velocity = current.views, likes_velocity = current.likes
        FROM (
            SELECT DISTINCT ON (status_id) status_id,
                   velocity(newest.views, s.views, greatest(newest.snapshot_at - s.snapshot_at, INTERVAL '15 minutes')) AS views,
                   velocity(newest.likes, s.likes, greatest(newest.snapshot_at - s.snapshot_at, INTERVAL '15 minutes')) AS likes
            FROM (
                SELECT DISTINCT ON (status_id) status_id, snapshot_at, views, likes FROM post_metrics_snapshots
                WHERE status_id = ANY(close)
                ORDER BY status_id, snapshot_at DESC,
                         array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], snapshot_type) DESC
            ) AS newest JOIN post_metrics_snapshots AS s USING (status_id)
            WHERE s.snapshot_at < newest.snapshot_at
            ORDER BY status_id, greatest(s.snapshot_at, newest.snapshot_at - INTERVAL '15 minutes'), s.snapshot_at DESC,
                     array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC
        ) AS current
        WHERE posts.status_id = current.status_id
          AND (posts.views_velocity, posts.likes_velocity) IS DISTINCT FROM (current.views, current.likes)
        RETURNING posts.status_id
    )
    INSERT INTO changes (kind, status_ids)
    SELECT 'post', array_agg(status_id)
    FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM changed) AS numbered
    GROUP BY chunk ORDER BY chunk;
END
$do$;
COMMENT ON COLUMN posts.views_velocity IS
    'Growth of views, in thousandths of a view per hour, from the newest snapshot that is 15 minutes older than the newest, or else from the first, over at least 15 minutes; NULL without two moments.';
