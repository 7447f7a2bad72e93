-- Snapshot: import.hold.watch_accounts
-- $1 int8[]
WITH undone (ids) AS (SELECT $1), held AS (
    SELECT FROM watch_accounts, undone WHERE inserted_by = ANY(undone.ids) 
    ORDER BY handle FOR UPDATE OF watch_accounts
)
SELECT count(*) FROM held
