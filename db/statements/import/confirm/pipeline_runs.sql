-- Snapshot: import.confirm.pipeline_runs
-- $1 int8
INSERT INTO import_confirmations (import, confirmed)
SELECT DISTINCT batch.id, stored.inserted_by
FROM (SELECT $1 AS id) AS batch, incoming_pipeline_runs AS found
JOIN pipeline_runs AS stored USING (run_at, mode, source)
JOIN batches AS bringer ON bringer.id = stored.inserted_by AND bringer.kind = 'import'
WHERE stored.inserted_by <> batch.id AND stored.updated_by IS DISTINCT FROM batch.id
ON CONFLICT DO NOTHING
