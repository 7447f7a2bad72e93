-- Snapshot: snapshot.derive
-- $1 int8, $2 int8
WITH
    written AS (
        INSERT INTO post_metrics_snapshots AS stored (id, status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, inserted_by)
        SELECT news.id, news.status_id, news.snapshot_type, news.snapshot_at, news.likes, news.reposts,
            news.replies, news.views, news.source, news.observed, $1
        FROM (SELECT derived.* FROM (
                    SELECT ((SELECT lpad(to_hex($2), 12, '0')) || '80008' || lpad(to_hex(derived.row_number * 3 + array_position(ARRAY['initial_capture', 'latest_observed', 'refresh_24h'], derived.snapshot_type) - 1), 15, '0'))::UUID AS id, derived.*,
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
                ) AS derived JOIN incoming_history USING (status_id)) AS news LEFT JOIN post_metrics_snapshots AS stored USING (status_id, snapshot_type, snapshot_at)
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
            changed_before = CASE WHEN stored.updated_by IS NULL THEN stored.changed_before
                ELSE array_append(stored.changed_before, stored.updated_by) END,
            updated_by = excluded.inserted_by
        WHERE ((coalesce(excluded.observed, 15) & 1 <> 0 AND (NOT coalesce(stored.observed, 15) & 1 <> 0 OR excluded.likes > stored.likes))
                OR (coalesce(excluded.observed, 15) & 2 <> 0 AND (NOT coalesce(stored.observed, 15) & 2 <> 0 OR excluded.reposts > stored.reposts))
                OR (coalesce(excluded.observed, 15) & 4 <> 0 AND (NOT coalesce(stored.observed, 15) & 4 <> 0 OR excluded.replies > stored.replies))
                OR (coalesce(excluded.observed, 15) & 8 <> 0 AND (NOT coalesce(stored.observed, 15) & 8 <> 0 OR excluded.views > stored.views))
                OR excluded.source COLLATE "C" > stored.source COLLATE "C")
        RETURNING status_id, snapshot_type, snapshot_at
    ),
    recorded AS (
        INSERT INTO changes (kind, status_ids, snapshot_types, snapshot_times)
        SELECT kind, array_agg(status_id), array_agg(snapshot_type), array_agg(snapshot_at)
        FROM (SELECT status_id, snapshot_type, snapshot_at, (row_number() OVER () - 1) / 1000 AS chunk FROM written) AS numbered,
             (VALUES ('metrics')) AS kinds (kind)
        GROUP BY chunk, kind ORDER BY chunk
    )
SELECT count(*) FROM written
