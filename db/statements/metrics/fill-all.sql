-- Store: metrics.fill-all
WITH written AS (
    WITH filled AS (
        SELECT gappy.status_id, gappy.snapshot_type, gappy.snapshot_at,
            CASE WHEN coalesce(gappy.observed, 15) & 1 <> 0 THEN gappy.likes ELSE coalesce((
                SELECT earlier.likes FROM post_metrics_snapshots AS earlier
                WHERE earlier.status_id = gappy.status_id AND coalesce(earlier.observed, 15) & 1 <> 0
                  AND (earlier.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type)) < (gappy.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], gappy.snapshot_type))
                ORDER BY earlier.snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type) DESC LIMIT 1), 0) END AS likes,
            CASE WHEN coalesce(gappy.observed, 15) & 2 <> 0 THEN gappy.reposts ELSE coalesce((
                SELECT earlier.reposts FROM post_metrics_snapshots AS earlier
                WHERE earlier.status_id = gappy.status_id AND coalesce(earlier.observed, 15) & 2 <> 0
                  AND (earlier.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type)) < (gappy.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], gappy.snapshot_type))
                ORDER BY earlier.snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type) DESC LIMIT 1), 0) END AS reposts,
            CASE WHEN coalesce(gappy.observed, 15) & 4 <> 0 THEN gappy.replies ELSE coalesce((
                SELECT earlier.replies FROM post_metrics_snapshots AS earlier
                WHERE earlier.status_id = gappy.status_id AND coalesce(earlier.observed, 15) & 4 <> 0
                  AND (earlier.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type)) < (gappy.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], gappy.snapshot_type))
                ORDER BY earlier.snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type) DESC LIMIT 1), 0) END AS replies,
            CASE WHEN coalesce(gappy.observed, 15) & 8 <> 0 THEN gappy.views ELSE coalesce((
                SELECT earlier.views FROM post_metrics_snapshots AS earlier
                WHERE earlier.status_id = gappy.status_id AND coalesce(earlier.observed, 15) & 8 <> 0
                  AND (earlier.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type)) < (gappy.snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], gappy.snapshot_type))
                ORDER BY earlier.snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], earlier.snapshot_type) DESC LIMIT 1), 0) END AS views
        FROM post_metrics_snapshots AS gappy
        WHERE gappy.observed IS NOT NULL AND true
    )
    UPDATE post_metrics_snapshots AS stored SET
        likes = filled.likes, reposts = filled.reposts, replies = filled.replies, views = filled.views
    FROM filled
    WHERE (stored.status_id, stored.snapshot_type, stored.snapshot_at) = (filled.status_id, filled.snapshot_type, filled.snapshot_at)
      AND (stored.likes, stored.reposts, stored.replies, stored.views) IS DISTINCT FROM (filled.likes, filled.reposts, filled.replies, filled.views)
    RETURNING stored.status_id, stored.snapshot_type, stored.snapshot_at
)
INSERT INTO changes (kind, status_ids, snapshot_types, snapshot_times)
SELECT kind, array_agg(status_id), array_agg(snapshot_type), array_agg(snapshot_at)
FROM (SELECT status_id, snapshot_type, snapshot_at, (row_number() OVER () - 1) / 1000 AS chunk FROM written) AS numbered,
     (VALUES ('metrics')) AS kinds (kind)
GROUP BY chunk, kind ORDER BY chunk
