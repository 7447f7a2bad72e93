-- Snapshot: import.confirm.post_metrics_snapshots
-- $1 int8
INSERT INTO import_confirmations (import, confirmed)
SELECT DISTINCT batch.id, stored.inserted_by
FROM (SELECT $1 AS id) AS batch, (
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
    ) AS found
JOIN post_metrics_snapshots AS stored USING (status_id, snapshot_type, snapshot_at)
JOIN batches AS bringer ON bringer.id = stored.inserted_by AND bringer.kind = 'import'
WHERE stored.inserted_by <> batch.id AND stored.updated_by IS DISTINCT FROM batch.id
ON CONFLICT DO NOTHING
