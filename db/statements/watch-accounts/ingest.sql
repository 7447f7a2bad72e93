-- Store: watch-accounts.ingest
-- $1 int8, $2 text[], $3 text[], $4 text[], $5 bool[], $6 timestamptz[]
WITH batch (id) AS (
    SELECT $1
), news AS MATERIALIZED (
    SELECT news.item, news.handle, news.tier,
           CASE WHEN has_note THEN news.note ELSE stored.note END AS note,
           coalesce(news.added_at, stored.added_at, now()) AS added_at
    FROM unnest(
        $2, $3,
        $4, $5,
        $6) WITH ORDINALITY
    AS news (handle, tier, note, has_note, added_at, item)
    LEFT JOIN watch_accounts AS stored ON stored.handle = news.handle
), known AS MATERIALIZED (
    SELECT *, false AS is_stale FROM news
), written AS (
    INSERT INTO watch_accounts AS stored (handle, tier, note, added_at, inserted_by)
    SELECT news.handle, news.tier, news.note, news.added_at, (SELECT id FROM batch)
    FROM known AS news LEFT JOIN watch_accounts AS stored USING (handle)
    WHERE stored.handle IS NULL OR (news.tier IS DISTINCT FROM stored.tier
            OR news.note IS DISTINCT FROM stored.note
            OR news.added_at IS DISTINCT FROM stored.added_at)
    ORDER BY news.handle COLLATE "C"
    ON CONFLICT (handle) DO UPDATE SET
        tier = CASE WHEN excluded.tier IS DISTINCT FROM stored.tier THEN excluded.tier ELSE stored.tier END,
        note = CASE WHEN excluded.note IS DISTINCT FROM stored.note THEN excluded.note ELSE stored.note END,
        added_at = CASE WHEN excluded.added_at IS DISTINCT FROM stored.added_at THEN excluded.added_at ELSE stored.added_at END,
        updated_at = now(),
        updated_by = excluded.inserted_by
    WHERE (excluded.tier IS DISTINCT FROM stored.tier
            OR excluded.note IS DISTINCT FROM stored.note
            OR excluded.added_at IS DISTINCT FROM stored.added_at)
    RETURNING handle, xmax = 0 AS is_new
)
SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
FROM news LEFT JOIN known USING (item)
LEFT JOIN written ON (written.handle) = (news.handle)
