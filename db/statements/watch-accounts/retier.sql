-- Store: watch-accounts.retier
-- $1 text[], $2 int8, $3 int8
WITH outdated AS MATERIALIZED (
    SELECT posts.status_id, accounts.tier FROM posts JOIN watch_accounts AS accounts ON accounts.handle = posts.author_handle
    WHERE accounts.handle = ANY($1) AND posts.watch_tier IS DISTINCT FROM accounts.tier
    ORDER BY posts.status_id FOR NO KEY UPDATE OF posts
), changed AS (
    UPDATE posts SET watch_tier = outdated.tier, updated_at = now(), updated_by = $2,
        set_by = coalesce(set_by, '{}') || jsonb_build_object('watch_tier', $3)
    FROM outdated WHERE posts.status_id = outdated.status_id
    RETURNING posts.status_id
), recorded AS (
    INSERT INTO changes (kind, status_ids)
    SELECT kind, array_agg(status_id)
    FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM changed) AS numbered,
         (VALUES ('post')) AS kinds (kind)
    GROUP BY chunk, kind ORDER BY chunk
)
SELECT count(*) FROM changed
