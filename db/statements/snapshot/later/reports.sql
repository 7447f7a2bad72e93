-- Snapshot: snapshot.later.reports
-- $1 text, $2 text
SELECT
    count(*) FILTER (WHERE (e.is_there IS NULL AND bringer.id IS NOT NULL)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.reported_at IS DISTINCT FROM f.reported_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND f.reported_at > e.reported_at)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.channel IS DISTINCT FROM f.channel AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'channel', f.reported_at), f.channel IS NOT NULL, f.channel COLLATE "C")
                        > (observation_time(e.observed_at, 'channel', e.reported_at), e.channel IS NOT NULL, e.channel COLLATE "C")
                    AND (f.reported_at = e.reported_at OR observation_time(f.observed_at, 'channel', f.reported_at) > observation_time(e.observed_at, 'channel', e.reported_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.summary IS DISTINCT FROM f.summary AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'summary', f.reported_at), f.summary IS NOT NULL, f.summary COLLATE "C")
                        > (observation_time(e.observed_at, 'summary', e.reported_at), e.summary IS NOT NULL, e.summary COLLATE "C")
                    AND (f.reported_at = e.reported_at OR observation_time(f.observed_at, 'summary', f.reported_at) > observation_time(e.observed_at, 'summary', e.reported_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.destination IS DISTINCT FROM f.destination AND (coalesce(writer.id, bringer.id) IS NOT NULL AND ((observation_time(f.observed_at, 'destination', f.reported_at), f.destination IS NOT NULL, f.destination COLLATE "C")
                        > (observation_time(e.observed_at, 'destination', e.reported_at), e.destination IS NOT NULL, e.destination COLLATE "C")
                    AND (f.reported_at = e.reported_at OR observation_time(f.observed_at, 'destination', f.reported_at) > observation_time(e.observed_at, 'destination', e.reported_at))))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.observed_at IS DISTINCT FROM f.observed_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND true))
FROM
    (SELECT true AS is_there, * FROM incoming_reports AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM reports AS rows) AS f USING (status_id)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by
