-- Snapshot: snapshot.compare.watch_accounts
SELECT
    count(*) FILTER (WHERE e.is_there),
    count(*) FILTER (WHERE f.is_there),
    count(*) FILTER (WHERE f.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.tier IS DISTINCT FROM f.tier),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.note IS DISTINCT FROM f.note),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.added_at IS DISTINCT FROM f.added_at)
FROM
    (SELECT true AS is_there, * FROM incoming_watch_accounts AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM watch_accounts AS rows) AS f USING (handle)
