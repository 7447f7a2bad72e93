internal import Domain
public import Postgres
internal import Store

/// Takes an import back: removes exactly the rows that it inserted, and nothing that arrived later.
///
/// A row that was changed since is no longer the import's alone, and a post that later rows refer to is still needed: both stay, and are
/// counted. Collectors go on writing meanwhile. So what may be removed is held first, and only a later statement, which sees what was
/// committed until then, decides what goes: docs/adr/0012-held-before-removed.md says why.
public struct Undo: Sendable {
    private let label: String
    private let schemaVersion: Int

    /// What was removed and what stayed, per table, in the order of the removal.
    public struct Result: Hashable, Sendable {
        public struct Table: Hashable, Sendable {
            public var name: String
            public var removed: Int
            /// Rows of the import that stay, because somebody changed them since.
            public var changed: Int
            /// Rows of the import that stay though nobody changed them: posts that later rows refer to.
            public var needed: Int
            /// Rows that were there before the import, which changed them; they stay as it left them.
            public var overwritten: Int

            /// Rows of the import that stay.
            public var kept: Int { changed + needed }
        }

        public var label: String
        public var tables: [Table] = []
    }

    /// - Parameters:
    ///   - label: names the import.
    ///   - schemaVersion: the number of the migration that this program was written for.
    public init(label: String, schemaVersion: Int) {
        self.label = label
        self.schemaVersion = schemaVersion
    }

    /// Writers of the import's own rows wait until it has ended; all others go on.
    ///
    /// - Throws: `SnapshotError` or `PostgresError`; nothing is removed then.
    public func run(_ connection: isolated Connection) async throws -> Result {
        try await Preflight(purpose: .undo, schemaVersion: schemaVersion).check(connection)
        return try await connection.transaction(besideWriters: .seconds(60), tries: 10) { connection in
            guard try await connection.queryOne(ImportQueries.lock) else { throw SnapshotError.importUnderWay }
            guard let batch = try await connection.queryOptional(ImportQueries.find(label: label))?.id else {
                throw SnapshotError.unknownLabel(label)
            }
            for held in Self.held { try await connection.execute(held.statement(batch), timeout: Self.patience) }
            var result = Result(label: label)
            for table in Self.tables {
                let removed = try await connection.queryOne(Self.remove(batch, from: table), timeout: Self.patience)
                result.tables.append(.init(name: table, removed: Int(removed), changed: 0, needed: 0, overwritten: 0))
            }
            for index in result.tables.indices {
                let left = try await connection.queryOne(Self.left(batch, in: result.tables[index].name), timeout: Self.patience)
                result.tables[index].changed = Int(left.changed)
                result.tables[index].needed = Int(left.kept - left.changed)
                result.tables[index].overwritten = Int(left.overwritten)
            }
            // Posts that stay may have lost a part of their history.
            try await connection.execute(Self.refreshVelocity, timeout: Self.patience)
            try await connection.execute(Self.forget(batch), timeout: Self.patience)
            try await connection.execute(Self.forgetStages)
            return result
        }
    }

    private static let patience = Duration.seconds(3_600)

    /// Rows that nobody else writes from here on, nor refers to for the first time. They are held in the order in which every writer holds
    /// them, table after table and key after key, so that nobody waits in a circle. Runs are written one by one and need no order, and whoever
    /// writes the history of a post holds the post.
    private struct Held {
        var table: String
        var key = "status_id"
        var others = ""

        func statement(_ batch: Int64) -> Statement<Void> {
            Statement(
                "import.hold.\(table)",
                """
                WITH batch (id) AS (SELECT \(int64: batch)), held AS (
                    SELECT FROM \(unescaped: table), batch WHERE inserted_by = batch.id \(unescaped: others)
                    ORDER BY \(unescaped: key) FOR UPDATE OF \(unescaped: table)
                )
                SELECT count(*) FROM held
                """)
        }
    }

    private static let held = [
        Held(table: "watch_accounts", key: "handle"), Held(table: "reports"), Held(table: "embeddings"),
        // Posts of others, to whose history the import added.
        Held(
            table: "posts",
            others: "OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.inserted_by = (SELECT id FROM batch))"),
    ]

    private static let changes: [String: ChangeKind] = ["post_metrics_snapshots": .metrics, "reports": .report, "posts": .post]

    /// Posts come last, because the others refer to them.
    private static let tables = ["post_metrics_snapshots", "reports", "embeddings", "watch_accounts", "pipeline_runs", "posts"]

    /// Returns how many rows it removed, and records those that somebody may follow. A post that anything refers to stays, so nothing goes
    /// along with it but its earlier texts.
    private static func remove(_ batch: Int64, from table: String) -> Statement<Int64> {
        let unneeded =
            table == "posts" ? tables.prefix(3).map { "NOT EXISTS (SELECT FROM \($0) AS r WHERE r.status_id = t.status_id)" } : []
        let conditions = (["t.updated_by IS NULL"] + unneeded).joined(separator: " AND ")
        return Statement(
            "import.undo.\(table)",
            """
            WITH removed AS (
                DELETE FROM \(unescaped: table) AS t WHERE t.inserted_by = \(int64: batch) AND \(unescaped: conditions) RETURNING t.*
            )\(changes[table].map { ", recorded AS (\n    \(ChangeRecord.insert($0, from: "removed"))\n)" as SQL } ?? "")
            SELECT count(*) FROM removed
            """, decode: { try $0.int64(0) })
    }

    private struct Left: Sendable {
        var kept, changed, overwritten: Int64
    }

    private static func left(_ batch: Int64, in table: String) -> Statement<Left> {
        Statement(
            "import.kept.\(table)",
            """
            SELECT count(*) FILTER (WHERE inserted_by = batch.id),
                   count(*) FILTER (WHERE inserted_by = batch.id AND updated_by IS NOT NULL),
                   count(*) FILTER (WHERE inserted_by IS DISTINCT FROM batch.id)
            FROM \(unescaped: table), (SELECT \(int64: batch)) AS batch (id) WHERE batch.id IN (inserted_by, updated_by)
            """,
            decode: { row in Left(kept: try row.int64(0), changed: try row.int64(1), overwritten: try row.int64(2)) })
    }

    private static let refreshVelocity = VelocityQueries.refresh("(SELECT status_id FROM posts WHERE views_velocity IS NOT NULL) AS ids")

    /// What an unfinished import has staged may refer to posts that are gone now; it is staged anew.
    private static let forgetStages = Statement<Void>("import.forget-stages", "DELETE FROM import_stages")

    /// Frees the label, unless a row still names the import.
    private static func forget(_ batch: Int64) -> Statement<Void> {
        let named = tables.map { "EXISTS (SELECT FROM \($0) AS t WHERE \(batch) IN (t.inserted_by, t.updated_by))" }
        return Statement(
            "import.forget", "DELETE FROM batches WHERE id = \(int64: batch) AND NOT (\(unescaped: named.joined(separator: " OR ")))")
    }
}
