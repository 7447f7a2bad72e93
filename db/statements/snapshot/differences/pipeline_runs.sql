-- Snapshot: snapshot.differences.pipeline_runs
-- $1 text, $2 text, $3 int8
SELECT concat_ws(' | ', run_at::TEXT, mode::TEXT, source::TEXT), cell.name, cell.expected, cell.found
FROM
    (SELECT true AS is_there, * FROM incoming_pipeline_runs AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM pipeline_runs AS rows) AS f USING (run_at, mode, source)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by, LATERAL (
    SELECT NULL, CASE WHEN e.is_there THEN 'row' END, CASE WHEN f.is_there THEN 'row' END
    WHERE e.is_there IS DISTINCT FROM f.is_there AND NOT (e.is_there IS NULL AND bringer.id IS NOT NULL)
    UNION ALL
    SELECT name, expected, found FROM (VALUES
        ('fetched_count', e.fetched_count::TEXT, f.fetched_count::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND f.fetched_count > e.fetched_count)),
        ('significant_count', e.significant_count::TEXT, f.significant_count::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND f.significant_count > e.significant_count)),
        ('reported_count', e.reported_count::TEXT, f.reported_count::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND f.reported_count > e.reported_count)),
        ('note', e.note::TEXT, f.note::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.note IS NOT NULL, f.note COLLATE "C") > (e.note IS NOT NULL, e.note COLLATE "C")))
    ) AS cells (name, expected, found, is_later)
    WHERE e.is_there AND f.is_there AND cells.expected IS DISTINCT FROM cells.found AND is_later IS NOT true
) AS cell (name, expected, found)
ORDER BY concat_ws(' | ', run_at::TEXT, mode::TEXT, source::TEXT) COLLATE "C", cell.name NULLS FIRST LIMIT $3
