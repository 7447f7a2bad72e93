internal import Domain
internal import Foundation
public import Postgres
internal import Store

/// Takes an import back: removes exactly the rows that it inserted, and nothing that arrived later.
///
/// A row that was changed since is no longer the import's alone, and a post that later rows refer to is still needed:
/// both stay, and are counted.
public struct Undo: Sendable {
    private let label: String
    private let schemaVersion: Int

    /// What was removed and what stayed, per table, in the order of the removal.
    public struct Result: Hashable, Sendable {
        public struct Table: Hashable, Sendable {
            public var name: String
            public var removed: Int
            public var kept: Int
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

    /// - Throws: `SnapshotError` or `PostgresError`; nothing is removed then.
    public func run(_ connection: isolated Connection) async throws -> Result {
        try await Preflight(purpose: .undo, schemaVersion: schemaVersion).check(connection)
        return try await connection.transaction { connection in
            guard try await connection.queryOne(ImportQueries.lock) else { throw SnapshotError.importUnderWay }
            guard let batch = try await connection.queryOptional(ImportQueries.find(label: label)) else {
                throw SnapshotError.unknownLabel(label)
            }
            var result = Result(label: label)
            for table in Self.tables {
                let removed = try await connection.queryOne(Self.remove(batch.id, from: table), timeout: .seconds(3_600))
                let kept = try await connection.queryOne(Self.count(batch.id, in: table), timeout: .seconds(3_600))
                result.tables.append(.init(name: table, removed: Int(removed), kept: Int(kept)))
            }
            try await connection.execute(Self.refreshVelocity, timeout: .seconds(3_600))
            try await connection.execute(Self.forget(batch.id), timeout: .seconds(3_600))
            try await connection.execute(Self.forgetStages)
            return result
        }
    }

    private static let changes: [String: ChangeKind] = ["post_metrics_snapshots": .metrics, "reports": .report, "posts": .post]

    /// Posts come last, because the others refer to them.
    private static let tables = ["post_metrics_snapshots", "reports", "embeddings", "watch_accounts", "pipeline_runs", "posts"]

    /// Returns how many rows it removed, and records those that somebody may follow.
    private static func remove(_ batch: Int64, from table: String) -> Statement<Int64> {
        let unneeded =
            table == "posts" ? tables.prefix(3).map { "NOT EXISTS (SELECT FROM \($0) AS r WHERE r.status_id = t.status_id)" } : []
        let conditions = (["t.updated_by IS NULL"] + unneeded).joined(separator: " AND ")
        return Statement(
            "import.undo.\(table)",
            """
            WITH removed AS (
                DELETE FROM \(unescaped: table) AS t WHERE t.inserted_by = \(int64: batch) AND \(unescaped: conditions) RETURNING t.*
            )\(unescaped: changes[table].map { ", recorded AS (\(ChangeRecord.insert($0, from: "removed")))" } ?? "")
            SELECT count(*) FROM removed
            """, decode: { try $0.int64(0) })
    }

    private static func count(_ batch: Int64, in table: String) -> Statement<Int64> {
        Statement(
            "import.kept.\(table)", "SELECT count(*) FROM \(unescaped: table) WHERE inserted_by = \(int64: batch)",
            decode: { try $0.int64(0) })
    }

    /// Posts that stay may have lost a part of their history.
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
