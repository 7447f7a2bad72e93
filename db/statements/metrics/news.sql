-- Store: metrics.news
-- $1 text[], $2 text[], $3 timestamptz[], $4 int8[], $5 int8[], $6 int8[], $7 int8[], $8 text[], $9 int8[]
SELECT EXISTS (
    SELECT FROM unnest(
            $1, $2, $3,
            $4, $5,
            $6, $7,
            $8, $9) WITH ORDINALITY
            AS news (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, item) LEFT JOIN post_metrics_snapshots AS stored USING (status_id, snapshot_type, snapshot_at)
    WHERE stored.id IS NULL OR ((coalesce(news.observed, 15) & 1 <> 0 AND (NOT coalesce(stored.observed, 15) & 1 <> 0 OR news.likes > stored.likes))
            OR (coalesce(news.observed, 15) & 2 <> 0 AND (NOT coalesce(stored.observed, 15) & 2 <> 0 OR news.reposts > stored.reposts))
            OR (coalesce(news.observed, 15) & 4 <> 0 AND (NOT coalesce(stored.observed, 15) & 4 <> 0 OR news.replies > stored.replies))
            OR (coalesce(news.observed, 15) & 8 <> 0 AND (NOT coalesce(stored.observed, 15) & 8 <> 0 OR news.views > stored.views))
            OR news.source COLLATE "C" > stored.source COLLATE "C"))
