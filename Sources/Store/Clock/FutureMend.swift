internal import Domain
internal import JSON
public import Postgres

/// Puts moments of the future where they can at most have been: at the time at which the batch arrived that told them. The next right
/// observation is newer, and wins. docs/operations.md says what becomes of each.
///
/// Rows are held in the order in which every writer holds them, table after table and key after key.
public enum FutureMend {
    /// What became of the rows of one table.
    public struct Table: Sendable {
        public var name: String
        public var mended: Int
        /// Rows whose key was there already at the time to which they belong.
        public var removed: Int
    }

    /// What was found, and what became of it. Nothing when there is nothing to mend.
    ///
    /// - Parameter principal: in whose name the audit has it.
    /// - Throws: `PostgresError`; nothing is mended then.
    public static func run(by principal: String, _ connection: isolated Connection) async throws -> (found: FutureMoments, mended: [Table])
    {
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
            try await connection.execute(AuditQueries.insert([AuditEvent(.momentsMended, by: principal, details(tables))]))
            return (found, tables)
        }
    }

    /// As the audit keeps it.
    private static func details(_ tables: [Table]) -> JSONObject {
        JSONObject(
            members: tables.filter { $0.mended + $0.removed > 0 }.map { table -> JSONObject.Member in
                let counts = [("mended", table.mended), ("removed", table.removed)]
                let members = counts.map { JSONObject.Member(name: $0, value: .number("\($1)")) }
                return JSONObject.Member(name: table.name, value: .object(JSONObject(members: members)))
            })
    }

    private static let patience = Duration.seconds(3_600)
    private static let horizon = ClockRule.latest

    struct Done: Sendable {
        var mended, removed: Int64
    }

    private static func statement(_ name: String, _ sql: SQL) -> Statement<Done> {
        Statement("mend.\(name)", sql, read: { Done(mended: try $0.int64(), removed: try $0.int64()) })
    }

    /// When a batch arrived; `written` where nobody knows the batch.
    private static func arrival(of batch: SQL, written: SQL) -> SQL {
        "least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = \(batch)), \(written)))"
    }

    private static func mended(_ moment: SQL, _ arrival: SQL) -> SQL {
        "CASE WHEN \(moment) > \(horizon) THEN \(arrival) ELSE \(moment) END"
    }

    static let watchAccounts = statement(
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
    private static func moving(_ table: Identifier, _ moment: Identifier, key: [Identifier], from rows: SQL) -> SQL {
        """
        future AS MATERIALIZED (
            SELECT r.id, \(columns: key), r.\(column: moment) AS told, arrived,
                   row_number() OVER (PARTITION BY \(columns: key), arrived ORDER BY r.\(column: moment) DESC) > 1 OR EXISTS (
                       SELECT FROM \(table: table) AS other
                       WHERE (\(columns: key, of: "other"), other.\(column: moment)) = (\(columns: key, of: "r"), arrived)) AS is_taken
            FROM \(rows), LATERAL (SELECT \(arrival(of: "r.inserted_by", written: "r.created_at"))) AS batch (arrived)
            WHERE r.\(column: moment) > \(horizon)
        ), removed AS (
            DELETE FROM \(table: table) AS r USING future WHERE r.id = future.id AND is_taken RETURNING 1
        ), moved AS (
            UPDATE \(table: table) AS r SET \(column: moment) = arrived FROM future WHERE r.id = future.id AND NOT is_taken
            RETURNING \(columns: key, of: "r"), r.\(column: moment)
        )
        """
    }

    private static let moved: SQL = "SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM removed)"

    static let runs = statement(
        "runs", "WITH \(moving("pipeline_runs", "run_at", key: ["mode", "source"], from: "pipeline_runs AS r")) \(moved)")

    /// The column `observed_at` of `row`, whose newest observation was at `newest`.
    private static func observedAt(_ row: Identifier, newest: SQL, arrival: (_ column: SQL) -> SQL) -> SQL {
        """
        (SELECT jsonb_object_agg(o.key, to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
         FROM (SELECT o.key, \(mended("o.value::TIMESTAMPTZ", arrival("o.key"))) AS at FROM jsonb_each_text(\(table: row).observed_at) AS o) AS o
         WHERE o.at IS DISTINCT FROM \(newest))
        """
    }

    static let reports: Statement<Done> = {
        let arrived = arrival(of: "coalesce(r.updated_by, r.inserted_by)", written: "r.created_at")
        let newest = mended("r.reported_at", arrived)
        let isFuture: SQL = "greatest(r.reported_at, \(FutureMoments.latestObservation(of: "r"))) > \(horizon)"
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

    static let embeddings: Statement<Done> = {
        let isFuture: SQL = "greatest(r.updated_at, r.created_at) > \(horizon)"
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

    /// Posts with moments of the future, in themselves or in their history. The lock of a post covers its history.
    static let holdPosts = Statement<Void>(
        "mend.hold-posts",
        """
        CREATE TEMPORARY TABLE held_posts ON COMMIT DROP AS
        SELECT status_id FROM posts
        WHERE greatest(discovered_at, last_seen_at, refresh_24h_at, \(FutureMoments.latestObservation(of: "posts"))) > \(horizon)
           OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.snapshot_at > \(horizon))
        ORDER BY status_id FOR NO KEY UPDATE
        """)

    static let snapshots = statement(
        "snapshots",
        """
        WITH \(moving(
            "post_metrics_snapshots", "snapshot_at", key: ["status_id", "snapshot_type"],
            from: "held_posts JOIN post_metrics_snapshots AS r USING (status_id)")), written AS (
            SELECT status_id, snapshot_type, told AS snapshot_at FROM future WHERE NOT is_taken
            UNION ALL SELECT status_id, snapshot_type, snapshot_at FROM moved
        ), recorded AS (
            \(ChangeRecord.insert(.metrics, from: "written"))
        )
        \(moved)
        """)

    static let times: Statement<Void> = {
        func arrived(_ batch: SQL) -> SQL { arrival(of: batch, written: "p.created_at") }
        let newest = mended("p.last_seen_at", arrived("coalesce(p.seen_by, p.inserted_by)"))
        func setter(_ column: SQL) -> SQL { "coalesce((p.set_by ->> \(column))::BIGINT, p.seen_by, p.inserted_by)" }
        return Statement(
            "mend.posts",
            """
            UPDATE posts AS p SET
                discovered_at = \(mended("p.discovered_at", arrived("p.inserted_by"))),
                last_seen_at = \(newest),
                refresh_24h_at = \(mended("p.refresh_24h_at", arrived(setter("'refresh_24h_at'")))),
                observed_at = \(observedAt("p", newest: newest) { arrived(setter($0)) }),
                updated_at = now()
            FROM held_posts WHERE p.status_id = held_posts.status_id
            """)
    }()

    /// The counters of a post are those of its newest snapshot that observed them.
    static let counters: Statement<Void> = {
        let names = MetricsSQL.counters.map(\.name)
        let newest: [SQL] = MetricsSQL.counters.map { counter in
            """
            LEFT JOIN LATERAL (
                SELECT s.\(column: counter.name) AS value, s.snapshot_at AS at, coalesce(s.updated_by, s.inserted_by) AS batch
                FROM post_metrics_snapshots AS s
                WHERE s.status_id = held_posts.status_id AND \(MetricsSQL.observed(counter, "s"))
                ORDER BY s.snapshot_at DESC, s.\(column: counter.name) DESC LIMIT 1
            ) AS \(table: counter.name) ON true
            """
        }
        let times: SQL = names.reduce("p.observed_at") { before, name in
            "with_observation(\(before), \(literal: name), \(table: name).at, p.last_seen_at)"
        }
        let setters: [SQL] = names.map {
            "\(literal: $0), CASE WHEN \(table: $0).value <> p.\(column: $0) THEN \(table: $0).batch END"
        }
        let values: [SQL] = names.map { "\(column: $0) = coalesce(\(table: $0).value, p.\(column: $0))" }
        return Statement(
            "mend.counters",
            """
            UPDATE posts AS p SET
                \(values.joined(separator: ", ")),
                observed_at = \(times),
                set_by = nullif(coalesce(p.set_by, '{}') || jsonb_strip_nulls(jsonb_build_object(
                    \(setters.joined(separator: ",\n")))), '{}')
            FROM held_posts
            \(newest.joined(separator: "\n"))
            WHERE p.status_id = held_posts.status_id
            """)
    }()

    static let recordPosts = Statement<Void>("mend.record-posts", ChangeRecord.insert(.post, from: "held_posts"))
}
