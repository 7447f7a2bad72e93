-- Snapshot: snapshot.differences.watch_accounts
-- $1 text, $2 text, $3 int8
SELECT concat_ws(' | ', handle::TEXT), cell.name, cell.expected, cell.found
FROM
    (SELECT true AS is_there, * FROM incoming_watch_accounts AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM watch_accounts AS rows) AS f USING (handle)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by, LATERAL (
    SELECT NULL, CASE WHEN e.is_there THEN 'row' END, CASE WHEN f.is_there THEN 'row' END
    WHERE e.is_there IS DISTINCT FROM f.is_there AND NOT (e.is_there IS NULL AND bringer.id IS NOT NULL)
    UNION ALL
    SELECT name, expected, found FROM (VALUES
        ('tier', e.tier::TEXT, f.tier::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND writer.kind <> 'import')),
        ('note', e.note::TEXT, f.note::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND writer.kind <> 'import')),
        ('added_at', e.added_at::TEXT, f.added_at::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND writer.kind <> 'import'))
    ) AS cells (name, expected, found, is_later)
    WHERE e.is_there AND f.is_there AND cells.expected IS DISTINCT FROM cells.found AND is_later IS NOT true
) AS cell (name, expected, found)
ORDER BY concat_ws(' | ', handle::TEXT) COLLATE "C", cell.name NULLS FIRST LIMIT $3
