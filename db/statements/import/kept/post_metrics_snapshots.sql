-- Snapshot: import.kept.post_metrics_snapshots
-- $1 int8, $2 int8[]
SELECT count(*) FILTER (WHERE t.inserted_by = batch.id),
       count(*) FILTER (WHERE t.inserted_by = batch.id AND NOT (t.inserted_by = ANY(undone.ids) AND coalesce(t.updated_by = ANY(undone.ids), true)
               AND coalesce(t.changed_before <@ undone.ids, true))),
       count(*) FILTER (WHERE t.inserted_by IS DISTINCT FROM batch.id)
FROM post_metrics_snapshots AS t, (SELECT $1) AS batch (id), (SELECT $2) AS undone (ids)
WHERE batch.id IN (t.inserted_by, t.updated_by)
