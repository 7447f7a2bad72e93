internal import Domain
public import Postgres
internal import Store

/// Takes an import back: removes exactly the rows that it inserted, and nothing that arrived later.
///
/// A row that was changed since is no longer the import's alone, and a post that later rows refer to is still needed: both stay, and are
/// counted. Collectors go on writing meanwhile. So the rows are locked first, and a later statement, which sees everything committed until
/// then, decides which of them go: docs/adr/0012-held-before-removed.md has the reasons.
public struct Undo: Sendable {
    private let label: String
    private let schemaVersion: Int

    /// What was removed and what stayed, per table, in the order of the removal.
    public struct Result: Hashable, Sendable {
        /// One table of the archive.
        public struct Table: Hashable, Sendable {
            public var name: String
            public var removed: Int
            /// Rows of the import that stay, because somebody changed them since.
            public var changed: Int
            /// Rows of the import that stay though nobody changed them: posts that later rows refer to.
            public var needed: Int
            /// Rows of earlier writers that the import changed; they stay as it left them.
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
        try await ArchivePreflight(purpose: .undo, schemaVersion: schemaVersion).check(connection)
        return try await connection.transaction(besideWriters: .seconds(60), tries: 10) { connection in
            guard try await connection.queryOne(ImportQueries.lock) else { throw SnapshotError.importUnderWay }
            guard let batch = try await connection.queryOptional(ImportQueries.find(label: label))?.id else {
                throw SnapshotError.unknownLabel(label)
            }
            for held in Self.held { try await connection.execute(held.statement(batch), timeout: Self.patience) }
            var result = Result(label: label)
            for table in Self.tables {
                let removed = try await connection.queryOne(Self.remove(batch, from: table), timeout: Self.patience)
                result.tables.append(.init(name: table.name, removed: Int(removed), changed: 0, needed: 0, overwritten: 0))
            }
            for (index, table) in Self.tables.enumerated() {
                let left = try await connection.queryOne(Self.left(batch, in: table), timeout: Self.patience)
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

    /// Locks rows against writers and new references until the transaction ends. Every writer locks in this order, table after table and
    /// key after key, so there are no deadlocks. Runs are written one by one and need no order; writers of a post's history lock the post.
    struct Held {
        var table: ArchiveTable
        /// What is held besides the rows of the import.
        var others: SQL = ""

        func statement(_ batch: Int64) -> Statement<Void> {
            let name = Identifier(table)
            return Statement(
                "import.hold.\(table.name)",
                """
                WITH batch (id) AS (SELECT \(int64: batch)), held AS (
                    SELECT FROM \(table: name), batch WHERE inserted_by = batch.id \(others)
                    ORDER BY \(columns: table.key) FOR UPDATE OF \(table: name)
                )
                SELECT count(*) FROM held
                """)
        }
    }

    static let held = [
        Held(table: .watchAccounts), Held(table: .reports), Held(table: .embeddings),
        // Posts of others, to whose history the import added.
        Held(
            table: .posts,
            others: "OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.inserted_by = (SELECT id FROM batch))"),
    ]

    /// Posts come last, because the others refer to them.
    static let tables: [ArchiveTable] = [.metrics, .reports, .embeddings, .watchAccounts, .runs, .posts]

    /// Returns how many rows it removed, and records those that somebody may follow. A post that anything refers to stays, so nothing goes
    /// along with it but its earlier texts.
    static func remove(_ batch: Int64, from table: ArchiveTable) -> Statement<Int64> {
        let referring: [Identifier] = table == .posts ? tables.filter(\.refersToPosts).map(Identifier.init) + ["gone_posts"] : []
        let conditions: [SQL] =
            ["t.inserted_by = \(int64: batch)", "t.updated_by IS NULL"]
            + referring.map { "NOT EXISTS (SELECT FROM \(table: $0) AS r WHERE r.status_id = t.status_id)" }
        let remove: SQL = """
            DELETE FROM \(table: Identifier(table)) AS t
            WHERE \(conditions.joined(separator: "\nAND "))
            RETURNING t.*
            """
        return Statement(
            "import.undo.\(table.name)",
            """
            WITH
                \(table.recorded("removed", remove))
            SELECT count(*) FROM removed
            """, read: { try $0.int64() })
    }

    struct Left: Sendable {
        var kept, changed, overwritten: Int64
    }

    static func left(_ batch: Int64, in table: ArchiveTable) -> Statement<Left> {
        Statement(
            "import.kept.\(table.name)",
            """
            SELECT count(*) FILTER (WHERE inserted_by = batch.id),
                   count(*) FILTER (WHERE inserted_by = batch.id AND updated_by IS NOT NULL),
                   count(*) FILTER (WHERE inserted_by IS DISTINCT FROM batch.id)
            FROM \(table: Identifier(table)), (SELECT \(int64: batch)) AS batch (id) WHERE batch.id IN (inserted_by, updated_by)
            """,
            read: { row in Left(kept: try row.int64(), changed: try row.int64(), overwritten: try row.int64()) })
    }

    private static let refreshVelocity = VelocityQueries.refresh("(SELECT status_id FROM posts WHERE views_velocity IS NOT NULL) AS ids")

    /// What an unfinished import has staged may refer to posts that are gone now; it is staged anew.
    static let forgetStages = Statement<Void>("import.forget-stages", "DELETE FROM import_stages")

    /// Frees the label, unless a row still names the import.
    static func forget(_ batch: Int64) -> Statement<Void> {
        let naming: [SQL] = tables.map {
            "EXISTS (SELECT FROM \(table: Identifier($0)) AS t WHERE batches.id IN (t.inserted_by, t.updated_by))"
        }
        return Statement(
            "import.forget",
            """
            DELETE FROM batches
            WHERE id = \(int64: batch) AND NOT (
                \(naming.joined(separator: "\nOR ")))
            """)
    }
}
