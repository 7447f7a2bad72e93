-- Store: mend.runs
WITH future AS MATERIALIZED (
        SELECT r.id, mode, source, r.run_at AS told, arrived,
               row_number() OVER (PARTITION BY mode, source, arrived ORDER BY r.run_at DESC) > 1 OR EXISTS (
                   SELECT FROM pipeline_runs AS other
                   WHERE (other.mode, other.source, other.run_at) = (r.mode, r.source, arrived)) AS is_taken
        FROM pipeline_runs AS r, LATERAL (SELECT least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = r.inserted_by), r.created_at))) AS batch (arrived)
        WHERE r.run_at > (now() + INTERVAL '600 seconds')
    ), removed AS (
        DELETE FROM pipeline_runs AS r USING future WHERE r.id = future.id AND is_taken RETURNING 1
    ), moved AS (
        UPDATE pipeline_runs AS r SET run_at = arrived FROM future WHERE r.id = future.id AND NOT is_taken
        RETURNING r.mode, r.source, r.run_at
    ) SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM removed)
