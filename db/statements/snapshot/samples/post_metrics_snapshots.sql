-- Snapshot: snapshot.samples.post_metrics_snapshots
-- $1 int8, $2 int8
WITH chosen AS MATERIALIZED (
    SELECT *, concat_ws(' | ', e.status_id::TEXT, e.snapshot_type::TEXT, e.snapshot_at::TEXT) AS key_text FROM (SELECT *, 'sqlite_migration' AS source FROM (
                SELECT staged.status_id, staged.row_number, derived.*
                FROM incoming_posts AS staged, LATERAL (VALUES
                        ('initial_capture', staged.discovered_at,
                         coalesce(staged.initial_likes, staged.likes), coalesce(staged.initial_reposts, staged.reposts),
                         coalesce(staged.initial_replies, staged.replies), coalesce(staged.initial_views, staged.views)),
                        ('latest_observed', staged.last_seen_at, staged.likes, staged.reposts, staged.replies, staged.views),
                        ('refresh_24h', staged.refresh_24h_at,
                         coalesce(staged.likes_24h, staged.likes), coalesce(staged.reposts_24h, staged.reposts),
                         coalesce(staged.replies_24h, staged.replies), coalesce(staged.views_24h, staged.views))) AS derived (snapshot_type, snapshot_at, likes, reposts, replies, views)
                WHERE derived.snapshot_at IS NOT NULL
            ) AS derived) AS e
    ORDER BY hashtextextended(concat_ws(' | ', e.status_id::TEXT, e.snapshot_type::TEXT, e.snapshot_at::TEXT), $1), key_text LIMIT $2
)
SELECT e.key_text, ARRAY[e.status_id::TEXT, e.snapshot_type::TEXT, e.snapshot_at::TEXT, e.likes::TEXT, e.reposts::TEXT, e.replies::TEXT, e.views::TEXT, e.source::TEXT],
    CASE WHEN f.status_id IS NULL THEN '{}' ELSE ARRAY[f.status_id::TEXT, f.snapshot_type::TEXT, f.snapshot_at::TEXT, f.likes::TEXT, f.reposts::TEXT, f.replies::TEXT, f.views::TEXT, f.source::TEXT] END
FROM chosen AS e LEFT JOIN post_metrics_snapshots AS f ON f.status_id = e.status_id AND f.snapshot_type = e.snapshot_type AND f.snapshot_at = e.snapshot_at ORDER BY e.key_text COLLATE "C"
