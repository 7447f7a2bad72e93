-- Snapshot: import.kept.watch_accounts
-- $1 int8
SELECT count(*) FILTER (WHERE inserted_by = batch.id),
       count(*) FILTER (WHERE inserted_by = batch.id AND updated_by IS NOT NULL),
       count(*) FILTER (WHERE inserted_by IS DISTINCT FROM batch.id)
FROM watch_accounts, (SELECT $1) AS batch (id) WHERE batch.id IN (inserted_by, updated_by)
