-- Snapshot: import.hold.posts
-- $1 int8
WITH batch (id) AS (SELECT $1), held AS (
    SELECT FROM posts, batch WHERE inserted_by = batch.id OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.inserted_by = (SELECT id FROM batch))
    ORDER BY status_id FOR UPDATE OF posts
)
SELECT count(*) FROM held
