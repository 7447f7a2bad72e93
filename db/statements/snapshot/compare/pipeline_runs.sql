-- Snapshot: snapshot.compare.pipeline_runs
SELECT
    count(*) FILTER (WHERE e.is_there),
    count(*) FILTER (WHERE f.is_there),
    count(*) FILTER (WHERE f.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.fetched_count IS DISTINCT FROM f.fetched_count),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.significant_count IS DISTINCT FROM f.significant_count),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.reported_count IS DISTINCT FROM f.reported_count),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.note IS DISTINCT FROM f.note)
FROM
    (SELECT true AS is_there, * FROM incoming_pipeline_runs AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM pipeline_runs AS rows) AS f USING (run_at, mode, source)
