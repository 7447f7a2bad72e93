-- Store: keys.note-uses
-- $1 int8[], $2 timestamptz[]
WITH news AS (
    SELECT access_keys.id, used.at
    FROM access_keys JOIN unnest($1, $2) AS used (id, at) USING (id)
    WHERE coalesce(last_used_at < used.at, true)
    ORDER BY access_keys.id
    FOR NO KEY UPDATE OF access_keys
)
UPDATE access_keys SET last_used_at = news.at FROM news WHERE access_keys.id = news.id
