internal import Domain
internal import Postgres

/// The history of a post's counters.
enum MetricsQueries {
    /// The newest `limit`, and of those as many as have `bytes` together, the newest in any case; newest first.
    static func history(of statusID: String, limit: Int, within bytes: Int) -> Statement<FittingRow<MetricsSnapshot>> {
        let order: SQL = "snapshot_at DESC, \(MetricsSQL.order("s")) DESC"
        return Statement(
            "metrics.history",
            """
            SELECT \(selection)
            FROM (SELECT *, row_number() OVER sofar = 1 OR sum(octet_length(source)::BIGINT) OVER sofar <= \(number: bytes) AS fits
                  FROM (SELECT * FROM post_metrics_snapshots AS s WHERE status_id = \(text: statusID)
                        ORDER BY \(order) LIMIT \(number: limit)) AS s
                  WINDOW sofar AS (ORDER BY \(order) ROWS UNBOUNDED PRECEDING)) AS s
            ORDER BY \(order)
            """, read: snapshot)
    }

    /// Downsamples the newest view counts of each post to a few points, oldest first. A post with one moment has none. However long a
    /// history is, no more than the newest snapshots of each type are read.
    static func curves(of ids: [String]) -> Statement<(statusID: String, point: CurvePoint)> {
        Statement(
            "metrics.curves",
            """
            WITH limits (moments, points) AS (
                SELECT \(int64: Int64(CurvePoint.momentsRead)), \(int64: Int64(CurvePoint.maxPoints))
            ), moments AS (
                SELECT DISTINCT ON (status_id, snapshot_at) s.status_id, s.snapshot_at, s.views
                FROM limits, unnest(\(textArray: ids)) AS ids (status_id),
                     unnest(\(MetricsSQL.types)) AS types (snapshot_type),
                LATERAL (
                    SELECT * FROM post_metrics_snapshots AS s
                    WHERE (s.status_id, s.snapshot_type) = (ids.status_id, types.snapshot_type)
                    ORDER BY snapshot_at DESC LIMIT (SELECT moments FROM limits)) AS s
                WHERE \(MetricsSQL.observed(MetricsSQL.views, "s"))
                ORDER BY status_id, snapshot_at, \(MetricsSQL.order("s")) DESC
            ), placed AS (
                SELECT *, row_number() OVER (PARTITION BY status_id ORDER BY snapshot_at DESC) - 1 AS place,
                       count(*) OVER (PARTITION BY status_id) AS count
                FROM moments
            )
            SELECT status_id, snapshot_at, views FROM placed, limits
            WHERE count > 1 AND place < limits.moments
              AND place % ((least(count, limits.moments) + points - 1) / points) = 0
            ORDER BY status_id, snapshot_at
            """,
            read: { (try $0.text(), CurvePoint(at: try $0.moment(), views: try $0.int64())) })
    }

    /// Those of `keys` that there are. The first ones in the order of the keys fit, as many as have `bytes` together.
    static func snapshots(_ keys: [MetricsSnapshot.Key], within bytes: Int) -> Statement<FittingRow<MetricsSnapshot>> {
        Statement(
            "metrics.some",
            """
            SELECT \(selection)
            FROM (SELECT s.*, row_number() OVER sofar = 1 OR sum(octet_length(s.source)::BIGINT) OVER sofar <= \(number: bytes) AS fits
                  FROM post_metrics_snapshots AS s JOIN unnest(
                      \(textArray: keys.map(\.statusID)), \(textArray: keys.map(\.type.rawValue)),
                      \(momentArray: keys.map(\.at))) WITH ORDINALITY
                      AS keys (status_id, snapshot_type, snapshot_at, place) USING (status_id, snapshot_type, snapshot_at)
                  WINDOW sofar AS (ORDER BY keys.place)) AS s
            """, read: snapshot)
    }

    private static let selection: SQL = """
        s.status_id, s.snapshot_type, s.snapshot_at, s.likes, s.reposts, s.replies, s.views, coalesce(s.observed, 15)::BIGINT,
        CASE WHEN s.fits THEN s.source ELSE '' END, s.fits
        """

    private static func snapshot(_ row: inout RowReader) throws -> FittingRow<MetricsSnapshot> {
        let key = try row.snapshotKey()
        let snapshot = MetricsSnapshot(
            statusID: key.statusID, type: key.type, at: key.at, counters: try row.counters(),
            observed: CounterSet(rawValue: Int16(try row.int64())), source: try row.text())
        return FittingRow(row: snapshot, fits: try row.bool())
    }

    /// Inserts the history of posts that were inserted just now, which no other writer sees yet: there is nothing to merge with.
    ///
    /// - Parameter snapshots: each key once, without gaps.
    static func insert(_ snapshots: [MetricsSnapshot], batch: Int64) -> Statement<Void> {
        Statement(
            "metrics.insert",
            """
            WITH batch (id) AS (SELECT \(int64: batch))
            INSERT INTO post_metrics_snapshots (\(columns: MetricsSQL.columns), inserted_by)
            SELECT \(MetricsSnapshotID.sql(batch: "(SELECT id FROM batch)", number: "item")), status_id, snapshot_type, snapshot_at,
                   likes, reposts, replies, views, source, observed::SMALLINT, (SELECT id FROM batch)
            FROM \(news(snapshots))
            """)
    }

    /// Upserts `snapshots`, which holds each key once, and of which each belongs to a post that there is.
    ///
    /// - Parameter first: up to this number the ids of the batch are taken.
    static func upsertOfPosts(_ snapshots: [MetricsSnapshot], numberedFrom first: Int, batch: Int64) -> Statement<(Int, IngestOutcome)> {
        upsert("metrics.ingest-of-posts", snapshots, known: "news", first, batch)
    }

    /// Upserts `snapshots`, which holds each key once. A snapshot of a post that is not among `known` is answered with `unknown_post`.
    static func upsert(_ snapshots: [MetricsSnapshot], of known: [String], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        upsert("metrics.ingest", snapshots, known: "news WHERE status_id = ANY(\(textArray: known))", 0, batch)
    }

    private static func upsert(
        _ name: String, _ snapshots: [MetricsSnapshot], known: SQL, _ first: Int, _ batch: Int64
    ) -> Statement<(Int, IngestOutcome)> {
        RelatedMerge.snapshots.ingest(
            name, MetricsSQL.columns,
            news: """
                SELECT status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed::SMALLINT AS observed, item
                FROM \(news(snapshots))
                """,
            known: """
                SELECT *, \(MetricsSnapshotID.sql(batch: "(SELECT id FROM batch)", number: "\(int64: Int64(first)) + item")) AS id,
                    false AS is_stale
                FROM \(known)
                """, batch: batch)
    }

    /// Whether the archive lacks one of `snapshots`, or knows less of it; ends at the first.
    static func bringNews(_ snapshots: [MetricsSnapshot]) -> Statement<Bool> {
        Statement(
            "metrics.news",
            """
            SELECT EXISTS (
                SELECT FROM \(news(snapshots)) LEFT JOIN post_metrics_snapshots AS stored USING (status_id, snapshot_type, snapshot_at)
                WHERE stored.id IS NULL OR \(isNews))
            """, read: { try $0.bool() })
    }

    // A long text, made once.
    private static let isNews = RelatedMerge.snapshots.brings("news", "stored")

    private static func news(_ snapshots: [MetricsSnapshot]) -> SQL {
        """
        unnest(
            \(textArray: snapshots.map(\.statusID)), \(textArray: snapshots.map(\.type.rawValue)), \(momentArray: snapshots.map(\.at)),
            \(int64Array: snapshots.map(\.counters.likes)), \(int64Array: snapshots.map(\.counters.reposts)),
            \(int64Array: snapshots.map(\.counters.replies)), \(int64Array: snapshots.map(\.counters.views)),
            \(textArray: snapshots.map(\.source)), \(int64Array: snapshots.map(observed))) WITH ORDINALITY
            AS news (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed, item)
        """
    }

    /// NULL where all counters were observed.
    private static func observed(_ snapshot: MetricsSnapshot) -> Int64? {
        snapshot.observed == .all ? nil : Int64(snapshot.observed.rawValue)
    }
}
