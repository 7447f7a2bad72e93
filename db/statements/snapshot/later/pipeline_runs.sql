-- Snapshot: snapshot.later.pipeline_runs
-- $1 text, $2 text
SELECT
    count(*) FILTER (WHERE (e.is_there IS NULL AND bringer.id IS NOT NULL)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.fetched_count IS DISTINCT FROM f.fetched_count AND (coalesce(writer.id, bringer.id) IS NOT NULL AND f.fetched_count > e.fetched_count)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.significant_count IS DISTINCT FROM f.significant_count AND (coalesce(writer.id, bringer.id) IS NOT NULL AND f.significant_count > e.significant_count)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.reported_count IS DISTINCT FROM f.reported_count AND (coalesce(writer.id, bringer.id) IS NOT NULL AND f.reported_count > e.reported_count)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.note IS DISTINCT FROM f.note AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.note IS NOT NULL, f.note COLLATE "C") > (e.note IS NOT NULL, e.note COLLATE "C")))
FROM
    (SELECT true AS is_there, * FROM incoming_pipeline_runs AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM pipeline_runs AS rows) AS f USING (run_at, mode, source)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by
