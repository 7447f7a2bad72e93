-- Snapshot: snapshot.differences.reports
-- $1 text, $2 text, $3 int8
SELECT concat_ws(' | ', status_id::TEXT), cell.name, cell.expected, cell.found
FROM
    (SELECT true AS is_there, * FROM incoming_reports AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM reports AS rows) AS f USING (status_id)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by, LATERAL (
    SELECT NULL, CASE WHEN e.is_there THEN 'row' END, CASE WHEN f.is_there THEN 'row' END
    WHERE e.is_there IS DISTINCT FROM f.is_there AND NOT (e.is_there IS NULL AND bringer.id IS NOT NULL)
    UNION ALL
    SELECT name, expected, found FROM (VALUES
        ('reported_at', e.reported_at::TEXT, f.reported_at::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND f.reported_at > e.reported_at)),
        ('channel', e.channel::TEXT, f.channel::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'channel', f.reported_at), f.channel IS NOT NULL, f.channel COLLATE "C")
                        > (observation_time(e.observed_at, 'channel', e.reported_at), e.channel IS NOT NULL, e.channel COLLATE "C")
                    AND (f.reported_at = e.reported_at OR observation_time(f.observed_at, 'channel', f.reported_at) > observation_time(e.observed_at, 'channel', e.reported_at))))),
        ('summary', e.summary::TEXT, f.summary::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'summary', f.reported_at), f.summary IS NOT NULL, f.summary COLLATE "C")
                        > (observation_time(e.observed_at, 'summary', e.reported_at), e.summary IS NOT NULL, e.summary COLLATE "C")
                    AND (f.reported_at = e.reported_at OR observation_time(f.observed_at, 'summary', f.reported_at) > observation_time(e.observed_at, 'summary', e.reported_at))))),
        ('destination', e.destination::TEXT, f.destination::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'destination', f.reported_at), f.destination IS NOT NULL, f.destination COLLATE "C")
                        > (observation_time(e.observed_at, 'destination', e.reported_at), e.destination IS NOT NULL, e.destination COLLATE "C")
                    AND (f.reported_at = e.reported_at OR observation_time(f.observed_at, 'destination', f.reported_at) > observation_time(e.observed_at, 'destination', e.reported_at))))),
        ('observed_at', e.observed_at::TEXT, f.observed_at::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND true))
    ) AS cells (name, expected, found, is_later)
    WHERE e.is_there AND f.is_there AND cells.expected IS DISTINCT FROM cells.found AND is_later IS NOT true
) AS cell (name, expected, found)
ORDER BY concat_ws(' | ', status_id::TEXT) COLLATE "C", cell.name NULLS FIRST LIMIT $3
