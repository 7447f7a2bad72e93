-- Snapshot: import.hold.watch_accounts
-- $1 int8
WITH batch (id) AS (SELECT $1), held AS (
    SELECT FROM watch_accounts, batch WHERE inserted_by = batch.id 
    ORDER BY handle FOR UPDATE OF watch_accounts
)
SELECT count(*) FROM held
