-- Snapshot: snapshot.samples.pipeline_runs
-- $1 int8, $2 int8
WITH chosen AS MATERIALIZED (
    SELECT *, concat_ws(' | ', e.run_at::TEXT, e.mode::TEXT, e.source::TEXT) AS key_text FROM incoming_pipeline_runs AS e
    ORDER BY hashtextextended(concat_ws(' | ', e.run_at::TEXT, e.mode::TEXT, e.source::TEXT), $1), key_text LIMIT $2
)
SELECT e.key_text, ARRAY[e.run_at::TEXT, e.mode::TEXT, e.source::TEXT, e.fetched_count::TEXT, e.significant_count::TEXT, e.reported_count::TEXT, e.note::TEXT],
    CASE WHEN f.run_at IS NULL THEN '{}' ELSE ARRAY[f.run_at::TEXT, f.mode::TEXT, f.source::TEXT, f.fetched_count::TEXT, f.significant_count::TEXT, f.reported_count::TEXT, f.note::TEXT] END
FROM chosen AS e LEFT JOIN pipeline_runs AS f ON f.run_at = e.run_at AND f.mode = e.mode AND f.source = e.source ORDER BY e.key_text COLLATE "C"
