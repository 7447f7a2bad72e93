-- Store: metrics.history
-- $1 text
SELECT s.status_id, s.snapshot_type, s.snapshot_at, s.likes, s.reposts, s.replies, s.views, coalesce(s.observed, 15)::BIGINT,
    CASE WHEN s.fits THEN s.source ELSE '' END, s.fits
FROM (SELECT *, row_number() OVER sofar = 1 OR sum(octet_length(source)::BIGINT) OVER sofar <= 4194304 AS fits
      FROM (SELECT * FROM post_metrics_snapshots AS s WHERE status_id = $1
            ORDER BY snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC LIMIT 10001) AS s
      WINDOW sofar AS (ORDER BY snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC ROWS UNBOUNDED PRECEDING)) AS s
ORDER BY snapshot_at DESC, array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], s.snapshot_type) DESC
