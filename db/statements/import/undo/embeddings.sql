-- Snapshot: import.undo.embeddings
-- $1 int8[]
WITH undone (ids) AS (SELECT $1),
removed AS (
    DELETE FROM embeddings AS t USING undone
    WHERE t.inserted_by = ANY(undone.ids) AND coalesce(t.updated_by = ANY(undone.ids), true)
            AND coalesce(t.changed_before <@ undone.ids, true)
    RETURNING t.*
)
SELECT count(*), coalesce((
    SELECT array_agg(DISTINCT batches.label) FROM undone, import_confirmations AS c JOIN batches ON batches.id = c.import
    WHERE batches.undone_at IS NULL AND NOT batches.id = ANY(undone.ids) AND c.confirmed IN (SELECT inserted_by FROM removed)), '{}')
FROM removed
