-- Snapshot: snapshot.samples.watch_accounts
-- $1 int8, $2 int8
WITH chosen AS MATERIALIZED (
    SELECT *, concat_ws(' | ', e.handle::TEXT) AS key_text FROM incoming_watch_accounts AS e
    ORDER BY hashtextextended(concat_ws(' | ', e.handle::TEXT), $1), key_text LIMIT $2
)
SELECT e.key_text, ARRAY[e.handle::TEXT, e.tier::TEXT, e.note::TEXT, e.added_at::TEXT],
    CASE WHEN f.handle IS NULL THEN '{}' ELSE ARRAY[f.handle::TEXT, f.tier::TEXT, f.note::TEXT, f.added_at::TEXT] END
FROM chosen AS e LEFT JOIN watch_accounts AS f ON f.handle = e.handle ORDER BY e.key_text COLLATE "C"
