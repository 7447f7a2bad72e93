-- Snapshot: snapshot.compare.reports
SELECT
    count(*) FILTER (WHERE e.is_there),
    count(*) FILTER (WHERE f.is_there),
    count(*) FILTER (WHERE f.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.reported_at IS DISTINCT FROM f.reported_at),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.channel IS DISTINCT FROM f.channel),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.summary IS DISTINCT FROM f.summary),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.destination IS DISTINCT FROM f.destination),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.observed_at IS DISTINCT FROM f.observed_at)
FROM
    (SELECT true AS is_there, * FROM incoming_reports AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM reports AS rows) AS f USING (status_id)
