-- Snapshot: snapshot.load.watch_accounts
-- $1 int8
WITH
    written AS (
        INSERT INTO watch_accounts AS stored (handle, tier, note, added_at, inserted_by)
        SELECT news.handle, news.tier, news.note, news.added_at, $1
        FROM incoming_watch_accounts AS news LEFT JOIN watch_accounts AS stored USING (handle)
        WHERE stored.handle IS NULL OR (news.tier IS DISTINCT FROM stored.tier
                OR news.note IS DISTINCT FROM stored.note
                OR news.added_at IS DISTINCT FROM stored.added_at)
        ORDER BY news.handle COLLATE "C"
        ON CONFLICT (handle) DO UPDATE SET
            tier = CASE WHEN excluded.tier IS DISTINCT FROM stored.tier THEN excluded.tier ELSE stored.tier END,
            note = CASE WHEN excluded.note IS DISTINCT FROM stored.note THEN excluded.note ELSE stored.note END,
            added_at = CASE WHEN excluded.added_at IS DISTINCT FROM stored.added_at THEN excluded.added_at ELSE stored.added_at END,
            updated_at = now(),
            changed_before = CASE WHEN stored.updated_by IS NULL THEN stored.changed_before
                ELSE array_append(stored.changed_before, stored.updated_by) END,
            updated_by = excluded.inserted_by
        WHERE (excluded.tier IS DISTINCT FROM stored.tier
                OR excluded.note IS DISTINCT FROM stored.note
                OR excluded.added_at IS DISTINCT FROM stored.added_at)
        RETURNING xmax = 0 AS is_new
    )
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
