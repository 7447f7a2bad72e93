-- Snapshot: snapshot.later.post_metrics_snapshots
-- $1 text, $2 text
SELECT
    count(*) FILTER (WHERE (e.is_there IS NULL AND bringer.id IS NOT NULL)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.likes IS DISTINCT FROM f.likes AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.likes IS NOT NULL, f.likes) > (e.likes IS NOT NULL, e.likes))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.reposts IS DISTINCT FROM f.reposts AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.reposts IS NOT NULL, f.reposts) > (e.reposts IS NOT NULL, e.reposts))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.replies IS DISTINCT FROM f.replies AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.replies IS NOT NULL, f.replies) > (e.replies IS NOT NULL, e.replies))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.views IS DISTINCT FROM f.views AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.views IS NOT NULL, f.views) > (e.views IS NOT NULL, e.views))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.source IS DISTINCT FROM f.source AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.source IS NOT NULL, f.source COLLATE "C") > (e.source IS NOT NULL, e.source COLLATE "C")))
FROM
    (SELECT true AS is_there, * FROM (SELECT *, 'sqlite_migration' AS source FROM (
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
            ) AS derived) AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM post_metrics_snapshots AS rows) AS f USING (status_id, snapshot_type, snapshot_at)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by
