-- Store: posts.gone
-- $1 int8, $2 text[], $3 timestamptz[], $4 timestamptz[]
INSERT INTO gone_posts AS stored (status_id, gone_at, told_at, told_by)
SELECT news.status_id, news.gone_at, news.told_at, $1
FROM unnest(
    $2, $3, $4)
    AS news (status_id, gone_at, told_at)
ORDER BY news.status_id COLLATE "C"
ON CONFLICT (status_id) DO UPDATE SET gone_at = excluded.gone_at, told_at = excluded.told_at, told_by = excluded.told_by
WHERE (excluded.told_at, excluded.gone_at IS NOT NULL, excluded.gone_at) > (stored.told_at, stored.gone_at IS NOT NULL, stored.gone_at)
RETURNING status_id
