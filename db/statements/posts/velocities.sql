-- Store: posts.velocities
WITH changed AS (
    UPDATE posts SET views_velocity = current.views, likes_velocity = current.likes
    FROM (
        SELECT ids.status_id, velocity.views, velocity.likes
        FROM held_posts AS ids LEFT JOIN LATERAL (
            SELECT velocity(newest.views, earlier.views, greatest(newest.snapshot_at - earlier.snapshot_at, INTERVAL '15 minutes')) AS views,
                   velocity(newest.likes, earlier.likes, greatest(newest.snapshot_at - earlier.snapshot_at, INTERVAL '15 minutes')) AS likes
            FROM (
                SELECT * FROM post_metrics_snapshots AS s WHERE s.status_id = ids.status_id
                ORDER BY snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC LIMIT 1
            ) AS newest, LATERAL (
                SELECT * FROM post_metrics_snapshots AS s WHERE s.status_id = ids.status_id AND s.snapshot_at < newest.snapshot_at
                ORDER BY greatest(s.snapshot_at, newest.snapshot_at - INTERVAL '15 minutes'), s.snapshot_at DESC,
                    array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC LIMIT 1
            ) AS earlier
        ) AS velocity ON true
    ) AS current
    WHERE posts.status_id = current.status_id
      AND (posts.views_velocity, posts.likes_velocity) IS DISTINCT FROM (current.views, current.likes)
    RETURNING posts.status_id
)
INSERT INTO changes (kind, status_ids)
SELECT kind, array_agg(status_id)
FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM changed) AS numbered,
     (VALUES ('post')) AS kinds (kind)
GROUP BY chunk, kind ORDER BY chunk
