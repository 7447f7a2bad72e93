-- Snapshot: snapshot.later.watch_accounts
-- $1 text, $2 text
SELECT
    count(*) FILTER (WHERE (e.is_there IS NULL AND bringer.id IS NOT NULL)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.tier IS DISTINCT FROM f.tier AND (coalesce(writer.id, bringer.id) IS NOT NULL AND writer.kind <> 'import')),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.note IS DISTINCT FROM f.note AND (coalesce(writer.id, bringer.id) IS NOT NULL AND writer.kind <> 'import')),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.added_at IS DISTINCT FROM f.added_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND writer.kind <> 'import'))
FROM
    (SELECT true AS is_there, * FROM incoming_watch_accounts AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM watch_accounts AS rows) AS f USING (handle)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by
