-- Snapshot: import.hold.reports
-- $1 int8[]
WITH undone (ids) AS (SELECT $1), held AS (
    SELECT FROM reports, undone WHERE inserted_by = ANY(undone.ids) 
    ORDER BY status_id FOR UPDATE OF reports
)
SELECT count(*) FROM held
