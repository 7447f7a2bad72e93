-- Store: metrics.curves
-- $1 int8, $2 int8, $3 text[]
WITH limits (moments, points) AS (
    SELECT $1, $2
), moments AS (
    SELECT DISTINCT ON (status_id, snapshot_at) s.status_id, s.snapshot_at, s.views
    FROM limits, unnest($3) AS ids (status_id),
         unnest(ARRAY['initial_capture', 'latest_observed', 'refresh_24h']) AS types (snapshot_type),
    LATERAL (
        SELECT * FROM post_metrics_snapshots AS s
        WHERE (s.status_id, s.snapshot_type) = (ids.status_id, types.snapshot_type)
        ORDER BY snapshot_at DESC LIMIT (SELECT moments FROM limits)) AS s
    WHERE coalesce(s.observed, 15) & 8 <> 0
    ORDER BY status_id, snapshot_at, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY status_id ORDER BY snapshot_at DESC) - 1 AS place,
           count(*) OVER (PARTITION BY status_id) AS count
    FROM moments
)
SELECT status_id, snapshot_at, views FROM placed, limits
WHERE count > 1 AND place < limits.moments
  AND place % ((least(count, limits.moments) + points - 1) / points) = 0
ORDER BY status_id, snapshot_at
