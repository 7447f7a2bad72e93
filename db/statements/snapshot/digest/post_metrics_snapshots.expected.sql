-- Snapshot: snapshot.digest.post_metrics_snapshots.expected
SELECT
    mod(mod(coalesce(sum(coalesce(hashtextextended(status_id, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(snapshot_type, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(timestamp_hash_extended(snapshot_at AT TIME ZONE 'UTC', k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint8extended(likes, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint8extended(reposts, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint8extended(replies, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint8extended(views, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(source, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT
FROM (SELECT *, timestamp_hash_extended(snapshot_at AT TIME ZONE 'UTC', hashtextextended(snapshot_type, hashtextextended(status_id, 0))) AS k FROM (SELECT *, 'sqlite_migration' AS source FROM (
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
        ) AS derived) AS r) AS rows
