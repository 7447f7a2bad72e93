-- Snapshot: import.hold.reports
-- $1 int8
WITH batch (id) AS (SELECT $1), held AS (
    SELECT FROM reports, batch WHERE inserted_by = batch.id 
    ORDER BY status_id FOR UPDATE OF reports
)
SELECT count(*) FROM held
