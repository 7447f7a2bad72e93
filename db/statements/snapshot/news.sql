-- Snapshot: snapshot.news
CREATE UNLOGGED TABLE incoming_history AS
SELECT DISTINCT news.status_id FROM (
        SELECT ((SELECT lpad(to_hex(1), 12, '0')) || '80008' || lpad(to_hex(derived.row_number * 3 + array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], derived.snapshot_type) - 1), 15, '0'))::UUID AS id, derived.*,
               'sqlite_migration' AS source, NULL::SMALLINT AS observed
        FROM (
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
            ) AS derived
    ) AS news
LEFT JOIN post_metrics_snapshots AS stored USING (status_id, snapshot_type, snapshot_at)
WHERE stored.id IS NULL OR ((coalesce(news.observed, 15) & 1 <> 0 AND (NOT coalesce(stored.observed, 15) & 1 <> 0 OR news.likes > stored.likes))
        OR (coalesce(news.observed, 15) & 2 <> 0 AND (NOT coalesce(stored.observed, 15) & 2 <> 0 OR news.reposts > stored.reposts))
        OR (coalesce(news.observed, 15) & 4 <> 0 AND (NOT coalesce(stored.observed, 15) & 4 <> 0 OR news.replies > stored.replies))
        OR (coalesce(news.observed, 15) & 8 <> 0 AND (NOT coalesce(stored.observed, 15) & 8 <> 0 OR news.views > stored.views))
        OR news.source COLLATE "C" > stored.source COLLATE "C")
