internal import Domain
internal import Postgres
internal import Store

/// The metrics history that the collector's database holds implicitly: up to three snapshots per imported post.
enum DerivedMetrics {
    /// The source of these snapshots.
    static let source: SQL = "'sqlite_migration'"

    /// The snapshots that the row `staged` of the staged posts implies, as a relation with the columns `names`.
    private static let ofOne: SQL = """
        (VALUES
            ('initial_capture', staged.discovered_at,
             coalesce(staged.initial_likes, staged.likes), coalesce(staged.initial_reposts, staged.reposts),
             coalesce(staged.initial_replies, staged.replies), coalesce(staged.initial_views, staged.views)),
            ('latest_observed', staged.last_seen_at, staged.likes, staged.reposts, staged.replies, staged.views),
            ('refresh_24h', staged.refresh_24h_at,
             coalesce(staged.likes_24h, staged.likes), coalesce(staged.reposts_24h, staged.reposts),
             coalesce(staged.replies_24h, staged.replies), coalesce(staged.views_24h, staged.views)))
        """
    private static let names: SQL = "(snapshot_type, snapshot_at, likes, reposts, replies, views)"

    /// A relation with the snapshots that the staged posts imply.
    static let relation: SQL = """
        (
            SELECT staged.status_id, staged.row_number, derived.*
            FROM incoming_posts AS staged, LATERAL \(ofOne) AS derived \(names)
            WHERE derived.snapshot_at IS NOT NULL
        )
        """

    /// The staged posts with the velocity that these snapshots give them.
    static let withVelocity: SQL = """
        (
            SELECT staged.*, velocity.views AS views_velocity, velocity.likes AS likes_velocity
            FROM incoming_posts AS staged LEFT JOIN LATERAL (
                \(VelocityQueries.velocity(of: "\(ofOne) AS s \(names) WHERE s.snapshot_at IS NOT NULL"))
            ) AS velocity ON true
        )
        """

    /// Brings the velocity of the posts up to date that were there before the import.
    static func refreshVelocity(batch: Int64) -> Statement<Void> {
        VelocityQueries.refresh(
            """
            (
                SELECT status_id FROM \(table: news) JOIN posts AS known USING (status_id)
                WHERE known.inserted_by IS DISTINCT FROM \(int64: batch)
            ) AS ids
            """)
    }

    /// Three numbers per row, in the order of the types.
    private static let number: SQL = "derived.row_number * 3 + \(MetricsSQL.order("derived")) - 1"

    private static func rows(_ batch: SQL) -> SQL {
        """
        (
            SELECT \(MetricsSnapshotID.sql(batch: batch, number: number)) AS id, derived.*,
                   \(source) AS source, NULL::SMALLINT AS observed
            FROM \(relation) AS derived
        )
        """
    }

    /// A table with the posts whose history the import adds to or changes.
    static let news: Identifier = "incoming_history"

    /// Makes `news`. No other session ever sees it: the same transaction drops it.
    static func findNews(batch: Int64) -> [Statement<Void>] {
        [
            // No parameter: a statement that makes a table takes none.
            Statement(
                "snapshot.news",
                """
                CREATE UNLOGGED TABLE \(table: news) AS
                SELECT DISTINCT news.status_id FROM \(rows("\(number: Int(batch))")) AS news
                LEFT JOIN post_metrics_snapshots AS stored USING (\(columns: MetricsSQL.key))
                WHERE stored.id IS NULL OR \(RelatedMerge.snapshots.brings("news", "stored"))
                """),
            Statement("snapshot.analyze-news", "ANALYZE \(table: news)"),
        ]
    }

    static let dropNews = Statement<Void>("snapshot.drop-news", "DROP TABLE \(table: news)")

    /// Returns how many snapshots were written.
    ///
    /// - Parameter posts: a relation of the posts whose snapshots may be news; nil when there are none at all, and not even the index that
    ///   would find them.
    static func insert(batch: Int64, of posts: Identifier?) -> Statement<Int64> {
        let (all, columns) = (rows("\(int64: batch)"), MetricsSQL.columns)
        let write: SQL =
            if let posts {
                RelatedMerge.snapshots.upsert(
                    columns, from: "(SELECT derived.* FROM \(all) AS derived JOIN \(table: posts) USING (status_id))",
                    batch: "\(int64: batch)", isImport: true)
            } else {
                """
                INSERT INTO post_metrics_snapshots (\(columns: columns), inserted_by)
                SELECT \(columns: columns), \(int64: batch) FROM \(all) AS rows ORDER BY status_id, snapshot_type
                """
            }
        return Statement(
            posts == nil ? "snapshot.derive-into-empty" : "snapshot.derive",
            """
            WITH
                \(ArchiveTable.metrics.recorded("written", "\(write)\nRETURNING \(columns: MetricsSQL.key)"))
            SELECT count(*) FROM written
            """, read: { try $0.int64() })
    }
}
