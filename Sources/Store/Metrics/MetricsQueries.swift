internal import Domain
internal import Postgres

/// The history of a post's counters.
enum MetricsQueries {
    /// The newest `limit`, and of those as many as have `bytes` together, the newest in any case; newest first.
    static func history(of statusID: String, limit: Int, within bytes: Int) -> Statement<FittingRow<MetricsSnapshot>> {
        let order: SQL = "snapshot_at DESC, \(unescaped: MetricsGaps.order("s")) DESC"
        return Statement(
            "metrics.history",
            """
            SELECT \(selection)
            FROM (SELECT *, row_number() OVER sofar = 1 OR sum(octet_length(source)::BIGINT) OVER sofar <= \(number: bytes) AS fits
                  FROM (SELECT * FROM post_metrics_snapshots AS s WHERE status_id = \(text: statusID)
                        ORDER BY \(order) LIMIT \(number: limit)) AS s
                  WINDOW sofar AS (ORDER BY \(order) ROWS UNBOUNDED PRECEDING)) AS s
            ORDER BY \(order)
            """, decode: snapshot)
    }

    /// Of the newest moments of each post every n-th from the newest back, so that a few points are left; oldest first. None of a post with
    /// one moment. However long a history is, no more than the newest of each type are read.
    static func curves(of ids: [String]) -> Statement<(statusID: String, point: CurvePoint)> {
        Statement(
            "metrics.curves",
            """
            WITH limits (moments, points) AS (
                SELECT 100, 12
            ), moments AS (
                SELECT DISTINCT ON (status_id, snapshot_at) s.status_id, s.snapshot_at, s.views
                FROM limits, unnest(\(textArray: ids)) AS ids (status_id),
                     unnest(ARRAY['initial_capture', 'latest_observed', 'refresh_24h']) AS types (snapshot_type),
                LATERAL (
                    SELECT * FROM post_metrics_snapshots AS s
                    WHERE (s.status_id, s.snapshot_type) = (ids.status_id, types.snapshot_type)
                    ORDER BY snapshot_at DESC LIMIT (SELECT moments FROM limits)) AS s
                WHERE coalesce(s.observed, 15) & 8 <> 0
                ORDER BY status_id, snapshot_at, \(unescaped: MetricsGaps.order("s")) DESC
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
            decode: { (try $0.text(0), CurvePoint(at: Timestamp(microseconds: try $0.timestamp(1)), views: try $0.int64(2))) })
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
                      \(timestampArray: keys.map(\.at.microseconds))) WITH ORDINALITY
                      AS keys (status_id, snapshot_type, snapshot_at, place) USING (status_id, snapshot_type, snapshot_at)
                  WINDOW sofar AS (ORDER BY keys.place)) AS s
            """, decode: snapshot)
    }

    private static let selection: SQL = """
        s.status_id, s.snapshot_type, s.snapshot_at, CASE WHEN s.fits THEN s.source ELSE '' END,
        s.likes, s.reposts, s.replies, s.views, coalesce(s.observed, 15)::BIGINT, s.fits
        """

    private static let snapshot: @Sendable (Row) throws -> FittingRow<MetricsSnapshot> = { row in
        let key = try row.snapshotKey(from: 0)
        let snapshot = MetricsSnapshot(
            statusID: key.statusID, type: key.type, at: key.at, counters: try row.counters(from: 4),
            observed: CounterSet(rawValue: Int16(try row.int64(8))), source: try row.text(3))
        return FittingRow(row: snapshot, fits: try row.bool(9))
    }

    private static let columns = [
        "id", "status_id", "snapshot_type", "snapshot_at", "likes", "reposts", "replies", "views", "source", "observed",
    ]

    /// Inserts the history of posts that were inserted just now, which no other writer sees yet: there is nothing to merge with.
    ///
    /// - Parameter snapshots: each key once, without gaps.
    static func insert(_ snapshots: [MetricsSnapshot], batch: Int64) -> Statement<Void> {
        Statement(
            "metrics.insert",
            """
            WITH batch (id) AS (SELECT \(int64: batch))
            INSERT INTO post_metrics_snapshots (\(unescaped: columns.joined(separator: ", ")), inserted_by)
            SELECT \(unescaped: MetricsSnapshotID.sql(batch: "(SELECT id FROM batch)", number: "item")), status_id, snapshot_type, snapshot_at,
                   likes, reposts, replies, views, source, observed::SMALLINT, (SELECT id FROM batch)
            FROM \(news(snapshots))
            """)
    }

    /// Upserts `snapshots`, which holds each key once. A snapshot of an unknown post is answered with `unknown_post`.
    ///
    /// - Parameters:
    ///   - known: the posts that there are; nil when all are known to be there.
    ///   - first: after this number the ids of the batch are not taken.
    static func upsert(
        _ snapshots: [MetricsSnapshot], of known: [String]? = nil, numberedFrom first: Int = 0, batch: Int64
    ) -> Statement<(Int, IngestOutcome)> {
        Statement(
            known == nil ? "metrics.ingest-of-posts" : "metrics.ingest",
            """
            WITH news AS MATERIALIZED (
                SELECT status_id, snapshot_type, snapshot_at, likes, reposts, replies, views, source, observed::SMALLINT AS observed, item
                FROM \(news(snapshots))
            ), batch (id, first) AS (
                SELECT \(int64: batch), \(int64: Int64(first))
            ), known AS (
                SELECT news.*, \(unescaped: MetricsSnapshotID.sql(batch: "(SELECT id FROM batch)", number: "(SELECT first FROM batch) + item")) AS id
                FROM news \(known.map { "WHERE status_id = ANY(\(textArray: $0))" } ?? "")
            ), written AS (
                \(unescaped: RelatedMerge.snapshots.upsert(columns, from: "known", batch: "(SELECT id FROM batch)"))
                RETURNING status_id, snapshot_type, snapshot_at, xmax = 0 AS is_new
            )
            SELECT news.item, known.status_id IS NOT NULL, written.is_new
            FROM news LEFT JOIN known USING (item)
            LEFT JOIN written ON (written.status_id, written.snapshot_type, written.snapshot_at)
                = (news.status_id, news.snapshot_type, news.snapshot_at)
            """, decode: { row in (Int(try row.int64(0)) - 1, try row.outcome(isKnownPost: 1, isNew: 2)) })
    }

    /// Whether the archive lacks one of `snapshots`, or knows less of it; ends at the first.
    static func bringNews(_ snapshots: [MetricsSnapshot]) -> Statement<Bool> {
        Statement(
            "metrics.news",
            """
            SELECT EXISTS (
                SELECT FROM \(news(snapshots)) LEFT JOIN post_metrics_snapshots AS stored USING (status_id, snapshot_type, snapshot_at)
                WHERE stored.id IS NULL OR \(unescaped: RelatedMerge.snapshots.brings("news", "stored")))
            """, decode: { try $0.bool(0) })
    }

    private static func news(_ snapshots: [MetricsSnapshot]) -> SQL {
        """
        unnest(
            \(textArray: snapshots.map(\.statusID)), \(textArray: snapshots.map(\.type.rawValue)),
            \(timestampArray: snapshots.map(\.at.microseconds)),
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

extension Row {
    /// The outcome of an item that refers to a post.
    func outcome(isKnownPost: Int, isNew: Int, isStale: Int? = nil) throws -> IngestOutcome {
        guard try bool(isKnownPost) else {
            return .rejected([ItemFault(.unknownPost, field: "status_id", "There is no post with this status_id; send the post first.")])
        }
        return IngestOutcome(isNew: try boolOrNil(isNew), isStale: try isStale.map { try bool($0) } ?? false)
    }

    /// The key of a snapshot in three columns from `first` on.
    func snapshotKey(from first: Int) throws -> MetricsSnapshot.Key {
        MetricsSnapshot.Key(
            statusID: try text(first), type: try value(first + 1, MetricsSnapshot.Kind.init(rawValue:)),
            at: Timestamp(microseconds: try timestamp(first + 2)))
    }

    /// The text in `column` as a value of a closed set, which a constraint of the schema guards.
    func value<Value>(_ column: Int, _ make: (String) -> Value?) throws -> Value {
        guard let value = make(try text(column)) else { throw UnknownValue(column: try columnName(column)) }
        return value
    }
}

/// The schema allows a value that this program does not know.
struct UnknownValue: Error, CustomStringConvertible {
    var column: String
    var description: String { "column \(column) holds a value that this program does not know" }
}
