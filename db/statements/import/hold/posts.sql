-- Snapshot: import.hold.posts
-- $1 int8[]
WITH undone (ids) AS (SELECT $1), held AS (
    SELECT FROM posts, undone WHERE inserted_by = ANY(undone.ids) OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.inserted_by = ANY((SELECT ids FROM undone)::BIGINT[]))
    ORDER BY status_id FOR UPDATE OF posts
)
SELECT count(*) FROM held
