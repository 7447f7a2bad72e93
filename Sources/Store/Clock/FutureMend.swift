internal import Domain
public import Postgres

/// Puts moments of the future where they can at most have been: at the time at which the batch arrived that told them. The next right
/// observation is newer, and wins. docs/operations.md says what becomes of each.
///
/// Rows are held in the order in which every writer holds them, table after table and key after key.
public enum FutureMend {
    public struct Table: Sendable {
        public var name: String
        public var mended: Int
        /// Rows whose key was there already at the time to which they belong.
        public var removed: Int
    }

    /// What was found, and what became of it. Nothing when there is nothing to mend.
    ///
    /// - Throws: `PostgresError`; nothing is mended then.
    public static func run(_ connection: isolated Connection) async throws -> (found: FutureMoments, mended: [Table]) {
        try await connection.transaction(besideWriters: .seconds(60), tries: 10) { connection in
            let found = try await FutureMoments.find(connection)
            guard !found.isEmpty else { return (found, []) }
            var tables: [Table] = []
            for (name, statement) in [
                ("watch_accounts", watchAccounts), ("pipeline_runs", runs), ("reports", reports), ("embeddings", embeddings),
            ] {
                let done = try await connection.queryOne(statement, timeout: patience)
                tables.append(Table(name: name, mended: Int(done.mended), removed: Int(done.removed)))
            }
            try await connection.execute(holdPosts, timeout: patience)
            let history = try await connection.queryOne(snapshots, timeout: patience)
            tables.append(Table(name: "post_metrics_snapshots", mended: Int(history.mended), removed: Int(history.removed)))
            let posts = try await connection.execute(times, timeout: patience)
            tables.append(Table(name: "posts", mended: posts, removed: 0))
            // What was told of the counters meanwhile is in the history, though the feed did not show it.
            try await connection.execute(GapQueries.fillAll, timeout: patience)
            try await connection.execute(counters, timeout: patience)
            try await connection.execute(VelocityQueries.refresh("held_posts AS ids"), timeout: patience)
            try await connection.execute(recordPosts, timeout: patience)
            return (found, tables)
        }
    }

    private static let patience = Duration.seconds(3_600)
    private static let horizon = FutureMoments.horizon

    private struct Done: Sendable {
        var mended, removed: Int64
    }

    private static func statement(_ name: String, _ sql: String) -> Statement<Done> {
        Statement("mend.\(name)", SQL(unescaped: sql), decode: { Done(mended: try $0.int64(0), removed: try $0.int64(1)) })
    }

    /// SQL for the time at which a batch arrived; `written` where nobody knows the batch.
    private static func arrival(of batch: String, written: String) -> String {
        "least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = \(batch)), \(written)))"
    }

    private static func mended(_ moment: String, _ arrival: String) -> String {
        "CASE WHEN \(moment) > \(horizon) THEN \(arrival) ELSE \(moment) END"
    }

    private static let watchAccounts = statement(
        "watch-accounts",
        """
        WITH held AS MATERIALIZED (
            SELECT handle FROM watch_accounts WHERE added_at > \(horizon) ORDER BY handle FOR NO KEY UPDATE
        ), mended AS (
            UPDATE watch_accounts AS r SET added_at = least(now(), r.created_at), updated_at = now()
            FROM held WHERE r.handle = held.handle AND r.added_at > \(horizon)
            RETURNING 1
        )
        SELECT count(*), 0::BIGINT FROM mended
        """)

    /// - Parameter key: the columns beside `moment` that tell the rows of `table` apart.
    private static func moving(_ table: String, _ moment: String, key: [String], from rows: String) -> String {
        let others = key.joined(separator: ", ")
        return """
            future AS MATERIALIZED (
                SELECT r.id, \(others), r.\(moment) AS told, arrived,
                       row_number() OVER (PARTITION BY \(others), arrived ORDER BY r.\(moment) DESC) > 1 OR EXISTS (
                           SELECT FROM \(table) AS other
                           WHERE (\(key.map { "other.\($0)" }.joined(separator: ", ")), other.\(moment)) = (\(key.map { "r.\($0)" }.joined(separator: ", ")), arrived)) AS is_taken
                FROM \(rows), LATERAL (SELECT \(arrival(of: "r.inserted_by", written: "r.created_at"))) AS batch (arrived)
                WHERE r.\(moment) > \(horizon)
            ), removed AS (
                DELETE FROM \(table) AS r USING future WHERE r.id = future.id AND is_taken RETURNING 1
            ), moved AS (
                UPDATE \(table) AS r SET \(moment) = arrived FROM future WHERE r.id = future.id AND NOT is_taken
                RETURNING \(key.map { "r.\($0)" }.joined(separator: ", ")), r.\(moment)
            )
            """
    }

    private static let moved = "SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM removed)"

    private static let runs = statement(
        "runs", "WITH \(moving("pipeline_runs", "run_at", key: ["mode", "source"], from: "pipeline_runs AS r")) \(moved)")

    /// The column `observed_at` of `row`, whose newest observation was at `newest`.
    private static func observedAt(_ row: String, newest: String, arrival: (_ column: String) -> String) -> String {
        """
        (SELECT jsonb_object_agg(o.key, to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
         FROM (SELECT o.key, \(mended("o.value::TIMESTAMPTZ", arrival("o.key"))) AS at FROM jsonb_each_text(\(row).observed_at) AS o) AS o
         WHERE o.at IS DISTINCT FROM \(newest))
        """
    }

    private static let reports: Statement<Done> = {
        let arrived = arrival(of: "coalesce(r.updated_by, r.inserted_by)", written: "r.created_at")
        let newest = mended("r.reported_at", arrived)
        let isFuture = "greatest(r.reported_at, \(FutureMoments.latestObservation(of: "r"))) > \(horizon)"
        return statement(
            "reports",
            """
            WITH held AS MATERIALIZED (
                SELECT status_id FROM reports AS r WHERE \(isFuture) ORDER BY status_id FOR NO KEY UPDATE
            ), mended AS (
                UPDATE reports AS r SET reported_at = \(newest), observed_at = \(observedAt("r", newest: newest) { _ in arrived })
                FROM held WHERE r.status_id = held.status_id AND \(isFuture)
                RETURNING r.status_id
            ), recorded AS (
                \(ChangeRecord.insert(.report, from: "mended"))
            )
            SELECT count(*), 0::BIGINT FROM mended
            """)
    }()

    private static let embeddings: Statement<Done> = {
        let isFuture = "greatest(r.updated_at, r.created_at) > \(horizon)"
        return statement(
            "embeddings",
            """
            WITH held AS MATERIALIZED (
                SELECT status_id FROM embeddings AS r WHERE \(isFuture) ORDER BY status_id FOR NO KEY UPDATE
            ), mended AS (
                UPDATE embeddings AS r SET
                    updated_at = \(mended("r.updated_at", arrival(of: "coalesce(r.updated_by, r.inserted_by)", written: "now()"))),
                    created_at = \(mended("r.created_at", arrival(of: "r.inserted_by", written: "now()")))
                FROM held WHERE r.status_id = held.status_id AND \(isFuture)
                RETURNING 1
            )
            SELECT count(*), 0::BIGINT FROM mended
            """)
    }()

    /// The posts that tell of the future, or whose history does. Whoever holds a post holds its history.
    private static let holdPosts = Statement<Void>(
        "mend.hold-posts",
        """
        CREATE TEMPORARY TABLE held_posts ON COMMIT DROP AS
        SELECT status_id FROM posts
        WHERE greatest(discovered_at, last_seen_at, refresh_24h_at, \(unescaped: FutureMoments.latestObservation(of: "posts"))) > \(unescaped: horizon)
           OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.snapshot_at > \(unescaped: horizon))
        ORDER BY status_id FOR NO KEY UPDATE
        """)

    private static let snapshots = statement(
        "snapshots",
        """
        WITH \(moving(
            "post_metrics_snapshots", "snapshot_at", key: ["status_id", "snapshot_type"],
            from: "held_posts JOIN post_metrics_snapshots AS r USING (status_id)")), written AS (
            SELECT status_id, snapshot_type, told AS snapshot_at FROM future
            UNION ALL SELECT status_id, snapshot_type, snapshot_at FROM moved
        ), recorded AS (
            \(ChangeRecord.insert(.metrics, from: "written"))
        )
        \(moved)
        """)

    private static let times: Statement<Void> = {
        func arrived(_ batch: String) -> String { arrival(of: batch, written: "p.created_at") }
        let newest = mended("p.last_seen_at", arrived("coalesce(p.seen_by, p.inserted_by)"))
        func setter(_ column: String) -> String { "coalesce((p.set_by ->> \(column))::BIGINT, p.seen_by, p.inserted_by)" }
        return Statement(
            "mend.posts",
            """
            UPDATE posts AS p SET
                discovered_at = \(unescaped: mended("p.discovered_at", arrived("p.inserted_by"))),
                last_seen_at = \(unescaped: newest),
                refresh_24h_at = \(unescaped: mended("p.refresh_24h_at", arrived(setter("'refresh_24h_at'")))),
                observed_at = \(unescaped: observedAt("p", newest: newest) { arrived(setter($0)) }),
                updated_at = now()
            FROM held_posts WHERE p.status_id = held_posts.status_id
            """)
    }()

    /// The counters of a post are those of its newest snapshot that observed them.
    private static let counters: Statement<Void> = {
        let counters = MetricsGaps.counters
        let newest = counters.map { counter in
            """
            LEFT JOIN LATERAL (
                SELECT s.\(counter.name) AS value, s.snapshot_at AS at, coalesce(s.updated_by, s.inserted_by) AS batch
                FROM post_metrics_snapshots AS s
                WHERE s.status_id = held_posts.status_id AND coalesce(s.observed, 15) & \(counter.bit) <> 0
                ORDER BY s.snapshot_at DESC, s.\(counter.name) DESC LIMIT 1) AS \(counter.name) ON true
            """
        }
        let times = counters.reduce("p.observed_at") { before, counter in
            "with_observation(\(before), '\(counter.name)', \(counter.name).at, p.last_seen_at)"
        }
        let setters = counters.map { "'\($0.name)', CASE WHEN \($0.name).value <> p.\($0.name) THEN \($0.name).batch END" }
        let values = counters.map { "\($0.name) = coalesce(\($0.name).value, p.\($0.name))" }
        return Statement(
            "mend.counters",
            """
            UPDATE posts AS p SET \(unescaped: values.joined(separator: ", ")), observed_at = \(unescaped: times),
                set_by = nullif(coalesce(p.set_by, '{}') || jsonb_strip_nulls(jsonb_build_object(\(unescaped: setters.joined(separator: ", ")))), '{}')
            FROM held_posts \(unescaped: newest.joined(separator: "\n"))
            WHERE p.status_id = held_posts.status_id
            """)
    }()

    private static let recordPosts = Statement<Void>(
        "mend.record-posts", SQL(unescaped: ChangeRecord.insert(.post, from: "held_posts")))
}
