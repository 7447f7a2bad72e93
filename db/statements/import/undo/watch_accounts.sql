-- Snapshot: import.undo.watch_accounts
-- $1 int8
WITH
    removed AS (
        DELETE FROM watch_accounts AS t
        WHERE t.inserted_by = $1
            AND t.updated_by IS NULL
        RETURNING t.*
    )
SELECT count(*) FROM removed
