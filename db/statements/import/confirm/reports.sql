-- Snapshot: import.confirm.reports
-- $1 int8
INSERT INTO import_confirmations (import, confirmed)
SELECT DISTINCT batch.id, stored.inserted_by
FROM (SELECT $1 AS id) AS batch, incoming_reports AS found
JOIN reports AS stored USING (status_id)
JOIN batches AS bringer ON bringer.id = stored.inserted_by AND bringer.kind = 'import'
WHERE stored.inserted_by <> batch.id AND stored.updated_by IS DISTINCT FROM batch.id
ON CONFLICT DO NOTHING
