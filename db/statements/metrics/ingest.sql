-- Store: metrics.ingest
-- $1 int8, $2 text[], $3 text[], $4 timestamptz[], $5 int8[], $6 int8[], $7 int8[], $8 int8[], $9 text[], $10 int8[], $11 int8, $12 text[]
WITH batch (id) AS (
    SELECT $1
), news AS MATERIALIZED (
    SELECT status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed::SMALLINT AS observed, item
    FROM unnest(
            $2, $3, $4,
            $5, $6,
            $7, $8,
            $9, $10) WITH ORDINALITY
            AS news (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, item)
), known AS MATERIALIZED (
    SELECT *, ((SELECT lpad(to_hex((SELECT id FROM batch)), 12, '0')) || '80008' || lpad(to_hex($11 + item), 15, '0'))::UUID AS id,
        false AS is_stale
    FROM news WHERE status_id = ANY($12)
), written AS (
    INSERT INTO post_metrics_snapshots AS stored (id, status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, inserted_by)
    SELECT news.id, news.status_id, news.snapshot_type, news.snapshot_at, news.likes, news.reposts,
        news.replies, news.views, news.source, news.observed, (SELECT id FROM batch)
    FROM known AS news LEFT JOIN post_metrics_snapshots AS stored USING (status_id, snapshot_type, snapshot_at)
    WHERE stored.status_id IS NULL OR ((coalesce(news.observed, 15) & 1 <> 0 AND (NOT coalesce(stored.observed, 15) & 1 <> 0 OR news.likes > stored.likes))
            OR (coalesce(news.observed, 15) & 2 <> 0 AND (NOT coalesce(stored.observed, 15) & 2 <> 0 OR news.reposts > stored.reposts))
            OR (coalesce(news.observed, 15) & 4 <> 0 AND (NOT coalesce(stored.observed, 15) & 4 <> 0 OR news.replies > stored.replies))
            OR (coalesce(news.observed, 15) & 8 <> 0 AND (NOT coalesce(stored.observed, 15) & 8 <> 0 OR news.views > stored.views))
            OR news.source COLLATE "C" > stored.source COLLATE "C")
    ORDER BY news.status_id COLLATE "C", news.snapshot_type COLLATE "C", news.snapshot_at
    ON CONFLICT (status_id, snapshot_type, snapshot_at) DO UPDATE SET
        likes = CASE WHEN (coalesce(excluded.observed, 15) & 1 <> 0 AND (NOT coalesce(stored.observed, 15) & 1 <> 0 OR excluded.likes > stored.likes)) THEN excluded.likes ELSE stored.likes END,
        reposts = CASE WHEN (coalesce(excluded.observed, 15) & 2 <> 0 AND (NOT coalesce(stored.observed, 15) & 2 <> 0 OR excluded.reposts > stored.reposts)) THEN excluded.reposts ELSE stored.reposts END,
        replies = CASE WHEN (coalesce(excluded.observed, 15) & 4 <> 0 AND (NOT coalesce(stored.observed, 15) & 4 <> 0 OR excluded.replies > stored.replies)) THEN excluded.replies ELSE stored.replies END,
        views = CASE WHEN (coalesce(excluded.observed, 15) & 8 <> 0 AND (NOT coalesce(stored.observed, 15) & 8 <> 0 OR excluded.views > stored.views)) THEN excluded.views ELSE stored.views END,
        source = CASE WHEN excluded.source COLLATE "C" > stored.source COLLATE "C" THEN excluded.source ELSE stored.source END,
        observed = nullif(coalesce(stored.observed, 15::SMALLINT) | coalesce(excluded.observed, 15::SMALLINT), 15),
        updated_by = excluded.inserted_by
    WHERE ((coalesce(excluded.observed, 15) & 1 <> 0 AND (NOT coalesce(stored.observed, 15) & 1 <> 0 OR excluded.likes > stored.likes))
            OR (coalesce(excluded.observed, 15) & 2 <> 0 AND (NOT coalesce(stored.observed, 15) & 2 <> 0 OR excluded.reposts > stored.reposts))
            OR (coalesce(excluded.observed, 15) & 4 <> 0 AND (NOT coalesce(stored.observed, 15) & 4 <> 0 OR excluded.replies > stored.replies))
            OR (coalesce(excluded.observed, 15) & 8 <> 0 AND (NOT coalesce(stored.observed, 15) & 8 <> 0 OR excluded.views > stored.views))
            OR excluded.source COLLATE "C" > stored.source COLLATE "C")
    RETURNING status_id, snapshot_type, snapshot_at, xmax = 0 AS is_new
)
SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
FROM news LEFT JOIN known USING (item)
LEFT JOIN written ON (written.status_id, written.snapshot_type, written.snapshot_at) = (news.status_id, news.snapshot_type, news.snapshot_at)
