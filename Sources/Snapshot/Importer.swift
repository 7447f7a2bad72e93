internal import Foundation
public import Postgres

/// Moves a snapshot into the archive, in one transaction: afterwards all of it is there, or nothing has changed.
public struct Importer: Sendable {
    private let snapshot: Snapshot
    private let rejectPath: String
    private let progress: @Sendable (SnapshotProgress) -> Void

    /// - Parameters:
    ///   - rejectPath: where the rejected rows go.
    ///   - progress: called from time to time.
    public init(
        _ snapshot: Snapshot, rejectPath: String, progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }
    ) {
        self.snapshot = snapshot
        self.rejectPath = rejectPath
        self.progress = progress
    }

    /// Imports into the database of `connection`.
    ///
    /// - Throws: `SnapshotError`, `PostgresError` or `CancellationError`; nothing is kept then.
    public func run(_ connection: Connection) async throws -> ImportSummary {
        try await connection.transaction { connection in
            let source = try snapshot.open()
            let rejects = try RejectFile(path: rejectPath)
            do {
                let summary = try await load(source, rejects, connection)
                try rejects.finish()
                return summary
            } catch {
                rejects.discard()
                throw error
            }
        }
    }

    private func load(
        _ source: any SnapshotSource, _ rejects: RejectFile, _ connection: isolated Connection
    ) async throws -> ImportSummary {
        var summary = ImportSummary()
        let names = Set(try source.tableNames())
        summary.leftBehind = names.subtracting(SourceTable.all.map(\.name)).sorted()
        try await connection.execute(Self.sortInMemory)
        let stager = Stager(source: source, rejects: rejects, progress: progress)
        for table in SourceTable.all where names.contains(table.name) {
            var entry = try await stager.stage(table, connection)
            progress(.writing(table: table.target))
            let staged = Int(try await connection.queryOne(StagingSQL(table: table).count))
            let written = try await connection.queryOne(LoadSQL(table: table).load, timeout: .seconds(3_600))
            entry.inserted = Int(written.inserted)
            entry.updated = Int(written.updated)
            entry.unchanged = staged - entry.inserted - entry.updated
            summary.tables.append(entry)
            if table.target == "posts" {
                progress(.writing(table: "post_metrics_snapshots"))
                summary.derivedNew = try await connection.execute(DerivedSnapshots.insert, timeout: .seconds(3_600))
            }
        }
        try await connection.execute(Self.analyze, timeout: .seconds(600))
        summary.rejectFile = summary.rejected == 0 ? nil : rejectPath
        return summary
    }

    /// Sorting a million rows on disk would take longer than writing them.
    private static let sortInMemory = Statement<Void>("snapshot.work-mem", "SET LOCAL work_mem = '256MB'")
    /// Fresh statistics, so that the first reader gets good plans.
    private static let analyze = Statement<Void>("snapshot.analyze", "ANALYZE posts, post_metrics_snapshots, reports, embeddings")
}
