-- Store: mend.snapshots
WITH future AS MATERIALIZED (
        SELECT r.id, status_id, snapshot_type, r.snapshot_at AS told, arrived,
               row_number() OVER (PARTITION BY status_id, snapshot_type, arrived ORDER BY r.snapshot_at DESC) > 1 OR EXISTS (
                   SELECT FROM post_metrics_snapshots AS other
                   WHERE (other.status_id, other.snapshot_type, other.snapshot_at) = (r.status_id, r.snapshot_type, arrived)) AS is_taken
        FROM held_posts JOIN post_metrics_snapshots AS r USING (status_id), LATERAL (SELECT least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = r.inserted_by), r.created_at))) AS batch (arrived)
        WHERE r.snapshot_at > (now() + INTERVAL '600 seconds')
    ), removed AS (
        DELETE FROM post_metrics_snapshots AS r USING future WHERE r.id = future.id AND is_taken RETURNING 1
    ), moved AS (
        UPDATE post_metrics_snapshots AS r SET snapshot_at = arrived FROM future WHERE r.id = future.id AND NOT is_taken
        RETURNING r.status_id, r.snapshot_type, r.snapshot_at
    ), written AS (
    SELECT status_id, snapshot_type, told AS snapshot_at FROM future WHERE NOT is_taken
    UNION ALL SELECT status_id, snapshot_type, snapshot_at FROM moved
), recorded AS (
    INSERT INTO changes (kind, status_ids, snapshot_types, snapshot_times)
    SELECT kind, array_agg(status_id), array_agg(snapshot_type), array_agg(snapshot_at)
    FROM (SELECT status_id, snapshot_type, snapshot_at, (row_number() OVER () - 1) / 1000 AS chunk FROM written) AS numbered,
         (VALUES ('metrics')) AS kinds (kind)
    GROUP BY chunk, kind ORDER BY chunk
)
SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM removed)
