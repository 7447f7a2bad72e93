-- Snapshot: snapshot.samples.reports
-- $1 int8, $2 int8
WITH chosen AS MATERIALIZED (
    SELECT *, concat_ws(' | ', e.status_id::TEXT) AS key_text FROM incoming_reports AS e
    ORDER BY hashtextextended(concat_ws(' | ', e.status_id::TEXT), $1), key_text LIMIT $2
)
SELECT e.key_text, ARRAY[e.status_id::TEXT, e.reported_at::TEXT, e.channel::TEXT, e.summary::TEXT, e.destination::TEXT, e.observed_at::TEXT],
    CASE WHEN f.status_id IS NULL THEN '{}' ELSE ARRAY[f.status_id::TEXT, f.reported_at::TEXT, f.channel::TEXT, f.summary::TEXT, f.destination::TEXT, f.observed_at::TEXT] END
FROM chosen AS e LEFT JOIN reports AS f ON f.status_id = e.status_id ORDER BY e.key_text COLLATE "C"
