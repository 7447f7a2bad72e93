-- Store: runs.ingest
-- $1 int8, $2 timestamptz, $3 text, $4 text, $5 int8, $6 int8, $7 int8, $8 text
WITH batch (id) AS (
    SELECT $1
), news AS MATERIALIZED (
    SELECT 1 AS item, $2 AS run_at, $3 AS mode, $4 AS source,
           coalesce($5, 0) AS fetched_count,
           coalesce($6, 0) AS significant_count,
           coalesce($7, 0) AS reported_count, $8 AS note
), known AS MATERIALIZED (
    SELECT *, false AS is_stale FROM news
), written AS (
    INSERT INTO pipeline_runs AS stored (run_at, mode, source, fetched_count, significant_count, reported_count, note, inserted_by)
    SELECT news.run_at, news.mode, news.source, news.fetched_count, news.significant_count, news.reported_count,
        news.note, (SELECT id FROM batch)
    FROM known AS news LEFT JOIN pipeline_runs AS stored USING (run_at, mode, source)
    WHERE stored.run_at IS NULL OR (news.fetched_count > stored.fetched_count
            OR news.significant_count > stored.significant_count
            OR news.reported_count > stored.reported_count
            OR (news.note IS NOT NULL, news.note COLLATE "C") > (stored.note IS NOT NULL, stored.note COLLATE "C"))
    ORDER BY news.run_at, news.mode COLLATE "C", news.source COLLATE "C"
    ON CONFLICT (run_at, mode, source) DO UPDATE SET
        fetched_count = CASE WHEN excluded.fetched_count > stored.fetched_count THEN excluded.fetched_count ELSE stored.fetched_count END,
        significant_count = CASE WHEN excluded.significant_count > stored.significant_count THEN excluded.significant_count ELSE stored.significant_count END,
        reported_count = CASE WHEN excluded.reported_count > stored.reported_count THEN excluded.reported_count ELSE stored.reported_count END,
        note = CASE WHEN (excluded.note IS NOT NULL, excluded.note COLLATE "C") > (stored.note IS NOT NULL, stored.note COLLATE "C") THEN excluded.note ELSE stored.note END,
        updated_by = excluded.inserted_by
    WHERE (excluded.fetched_count > stored.fetched_count
            OR excluded.significant_count > stored.significant_count
            OR excluded.reported_count > stored.reported_count
            OR (excluded.note IS NOT NULL, excluded.note COLLATE "C") > (stored.note IS NOT NULL, stored.note COLLATE "C"))
    RETURNING run_at, mode, source, xmax = 0 AS is_new
)
SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
FROM news LEFT JOIN known USING (item)
LEFT JOIN written ON (written.run_at, written.mode, written.source) = (news.run_at, news.mode, news.source)
