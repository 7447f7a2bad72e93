-- Snapshot: snapshot.duplicates.pipeline_runs
DELETE FROM incoming_pipeline_runs WHERE row_number IN (
    SELECT row_number FROM (
        SELECT row_number, row_number() OVER (PARTITION BY run_at, mode, source ORDER BY row_number DESC) AS place
        FROM incoming_pipeline_runs WHERE (run_at, mode, source) IN (
            SELECT run_at, mode, source FROM incoming_pipeline_runs GROUP BY run_at, mode, source HAVING count(*) > 1)) AS ranked
    WHERE place > 1)
