-- Snapshot: import.hold.embeddings
-- $1 int8
WITH batch (id) AS (SELECT $1), held AS (
    SELECT FROM embeddings, batch WHERE inserted_by = batch.id 
    ORDER BY status_id FOR UPDATE OF embeddings
)
SELECT count(*) FROM held
