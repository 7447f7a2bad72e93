internal import Postgres

/// The history that the collector's database holds implicitly: up to three snapshots per post of this import.
enum DerivedSnapshots {
    static let source = "sqlite_migration"

    /// A relation with the snapshots that the staged posts imply.
    static let relation = """
        (SELECT staged.status_id, derived.* FROM incoming_posts AS staged, LATERAL (VALUES
            ('initial_capture', staged.discovered_at,
             coalesce(staged.initial_likes, staged.likes), coalesce(staged.initial_reposts, staged.reposts),
             coalesce(staged.initial_replies, staged.replies), coalesce(staged.initial_views, staged.views)),
            ('latest_observed', staged.last_seen_at, staged.likes, staged.reposts, staged.replies, staged.views),
            ('refresh_24h', staged.refresh_24h_at,
             coalesce(staged.likes_24h, staged.likes), coalesce(staged.reposts_24h, staged.reposts),
             coalesce(staged.replies_24h, staged.replies), coalesce(staged.views_24h, staged.views)))
            AS derived (snapshot_type, snapshot_at, likes, reposts, replies, views)
         WHERE derived.snapshot_at IS NOT NULL)
        """

    /// Affects as many rows as there were new snapshots. Those that are there already stay as they are.
    static func insert(batch: Int64) -> Statement<Void> {
        Statement(
            "snapshot.derive",
            """
            INSERT INTO post_metrics_snapshots
                (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, inserted_by)
            SELECT derived.status_id, derived.snapshot_type, derived.snapshot_at, derived.likes, derived.reposts,
                   derived.replies, derived.views, '\(unescaped: source)', \(int64: batch)
            FROM \(unescaped: relation) AS derived
            ORDER BY derived.status_id, derived.snapshot_type
            ON CONFLICT (status_id, snapshot_type, snapshot_at) DO NOTHING
            """)
    }
}
