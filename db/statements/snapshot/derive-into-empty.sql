-- Snapshot: snapshot.derive-into-empty
-- $1 int8, $2 int8
WITH
    written AS (
        INSERT INTO post_metrics_snapshots (id, status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, inserted_by)
        SELECT id, status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, $1 FROM (
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
            ) AS rows ORDER BY status_id, snapshot_type
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
