-- Store: metrics.some
-- $1 text[], $2 text[], $3 timestamptz[]
SELECT s.status_id, s.snapshot_type, s.snapshot_at, s.likes, s.reposts, s.replies, s.views, coalesce(s.observed, 15)::BIGINT,
    CASE WHEN s.fits THEN s.source ELSE '' END, s.fits
FROM (SELECT s.*, row_number() OVER sofar = 1 OR sum(octet_length(s.source)::BIGINT) OVER sofar <= 4194304 AS fits
      FROM post_metrics_snapshots AS s JOIN unnest(
          $1, $2,
          $3) WITH ORDINALITY
          AS keys (status_id, snapshot_type, snapshot_at, place) USING (status_id, snapshot_type, snapshot_at)
      WINDOW sofar AS (ORDER BY keys.place)) AS s
