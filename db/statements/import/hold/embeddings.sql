-- Snapshot: import.hold.embeddings
-- $1 int8[]
WITH undone (ids) AS (SELECT $1), held AS (
    SELECT FROM embeddings, undone WHERE inserted_by = ANY(undone.ids) 
    ORDER BY status_id FOR UPDATE OF embeddings
)
SELECT count(*) FROM held
