-- Snapshot: import.undo.embeddings
-- $1 int8
WITH
    removed AS (
        DELETE FROM embeddings AS t
        WHERE t.inserted_by = $1
            AND t.updated_by IS NULL
        RETURNING t.*
    )
SELECT count(*) FROM removed
