public import Domain
public import Postgres

/// Moments that lie further ahead of the database's clock than `ClockRule` forgives. They are refused today; an earlier release believed them.
public struct FutureMoments: Sendable {
    /// The moments of one column.
    public struct Column: Sendable {
        public var table: String
        public var name: String
        /// How many rows have one.
        public var rows: Int
        /// The first of these rows, in the order of their keys.
        public var first: [(key: String, moment: Timestamp)] = []
    }

    /// What the clock of the database said.
    public var now: Timestamp
    /// The columns that have one; of `observed_at` the latest of each row counts.
    public var columns: [Column] = []

    public var isEmpty: Bool { columns.isEmpty }

    /// How many rows of a column are shown.
    public static let shown = 10

    /// The latest moment in the column `observed_at` of `row`; NULL when it has none.
    static func latestObservation(of row: Identifier) -> SQL {
        "(SELECT max(o.value::TIMESTAMPTZ) FROM jsonb_each_text(\(table: row).observed_at) AS o)"
    }

    /// Every moment that a client may tell, and what tells its row from others.
    static let told: [(table: Identifier, column: Identifier, key: SQL)] = [
        ("posts", "discovered_at", "status_id"), ("posts", "last_seen_at", "status_id"), ("posts", "refresh_24h_at", "status_id"),
        ("posts", "observed_at", "status_id"), ("post_metrics_snapshots", "snapshot_at", "concat_ws(' ', status_id, snapshot_type)"),
        ("reports", "reported_at", "status_id"), ("reports", "observed_at", "status_id"),
        ("pipeline_runs", "run_at", "concat_ws(' ', mode, source)"), ("watch_accounts", "added_at", "handle"),
        ("embeddings", "created_at", "status_id"), ("embeddings", "updated_at", "status_id"),
    ]

    /// Looks for them; writes nothing.
    public static func find(_ connection: isolated Connection) async throws -> FutureMoments {
        var moments = FutureMoments(now: try await connection.queryOne(clock))
        for (table, name, key) in told {
            let found = try await connection.query(rows(table, name, key: key), timeout: .seconds(600))
            guard let count = found.first?.count else { continue }
            moments.columns.append(Column(table: table.name, name: name.name, rows: Int(count), first: found.map { ($0.key, $0.moment) }))
        }
        return moments
    }

    static let clock = Statement("future.clock", "SELECT now()", read: { try $0.moment() })

    static func rows(
        _ table: Identifier, _ column: Identifier, key: SQL
    ) -> Statement<(count: Int64, key: String, moment: Timestamp)> {
        let moment: SQL = column == "observed_at" ? latestObservation(of: "r") : "r.\(column: column)"
        return Statement(
            "future.\(table.name)",
            """
            SELECT count(*) OVER (), \(key), \(moment) FROM \(table: table) AS r
            WHERE \(moment) > \(ClockRule.latest) ORDER BY \(key) COLLATE "C", 3 LIMIT \(number: shown)
            """,
            read: { (try $0.int64(), try $0.text(), try $0.moment()) })
    }
}
