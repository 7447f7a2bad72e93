-- Snapshot: import.forget
-- $1 int8
DELETE FROM batches
WHERE id = $1 AND NOT (
    EXISTS (SELECT FROM post_metrics_snapshots AS t WHERE batches.id IN (t.inserted_by, t.updated_by))
    OR EXISTS (SELECT FROM reports AS t WHERE batches.id IN (t.inserted_by, t.updated_by))
    OR EXISTS (SELECT FROM embeddings AS t WHERE batches.id IN (t.inserted_by, t.updated_by))
    OR EXISTS (SELECT FROM watch_accounts AS t WHERE batches.id IN (t.inserted_by, t.updated_by))
    OR EXISTS (SELECT FROM pipeline_runs AS t WHERE batches.id IN (t.inserted_by, t.updated_by))
    OR EXISTS (SELECT FROM posts AS t WHERE batches.id IN (t.inserted_by, t.updated_by)))
