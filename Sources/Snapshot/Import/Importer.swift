internal import Domain
internal import Foundation
public import Postgres
internal import Store

/// Moves a snapshot into the archive: afterwards all of it is there, or the archive is as it was.
///
/// First each table is staged, in a transaction of its own, so that a run that breaks off is not lost: the next one goes on
/// with the table that was not finished. Then one transaction merges all of them.
public struct Importer: Sendable {
    private let snapshot: Snapshot
    private let options: Options
    private let progress: @Sendable (SnapshotProgress) -> Void

    /// What a caller decides.
    public struct Options: Sendable {
        /// Names the import; nil takes one that is made of the snapshot's hash.
        public var label: String?
        /// Where the rejected rows go.
        public var rejectPath: String
        /// With more rejected rows than this nothing is imported; nil sets no limit.
        public var maximumRejects: Int?
        /// The number of the migration that this program was written for.
        public var schemaVersion: Int
        /// Whether moments are kept that lie ahead of the database's clock.
        public var allowsFuture: Bool

        public init(label: String? = nil, rejectPath: String, maximumRejects: Int? = nil, schemaVersion: Int, allowsFuture: Bool = false) {
            self.label = label
            self.rejectPath = rejectPath
            self.maximumRejects = maximumRejects
            self.schemaVersion = schemaVersion
            self.allowsFuture = allowsFuture
        }
    }

    /// - Parameter progress: called from time to time.
    public init(_ snapshot: Snapshot, options: Options, progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) {
        self.snapshot = snapshot
        self.options = options
        self.progress = progress
    }

    /// Imports into the database of `connection`.
    ///
    /// - Throws: `SnapshotError`, `PostgresError` or `CancellationError`; the archive is as it was then.
    public func run(_ connection: isolated Connection) async throws -> ImportSummary {
        // The hash first: closing the file after the source is open would drop SQLite's locks on it.
        let hash = try snapshot.digest()
        let source = try snapshot.open()
        try await ArchivePreflight(purpose: .import, schemaVersion: options.schemaVersion).check(connection)
        try ArchivePreflight.checkDisk(for: snapshot, beside: options.rejectPath)
        let label = options.label ?? "snapshot-\(hash.prefix(12))"
        if let known = try await connection.queryOptional(ImportQueries.find(label: label)), known.snapshotHash != hash {
            throw SnapshotError.labelTaken(label)
        }
        let binding = TableBinding(try source.relations())
        let tables = binding.tables
        let clock = try await connection.queryOne(ImportQueries.clock(of: hash, label: label))
        var summary = ImportSummary(label: label)
        summary.leftBehind = binding.leftBehind.map(\.name)
        let rejects = RejectFile(path: options.rejectPath)
        let now = options.allowsFuture ? Timestamp.latest : clock
        for table in tables { summary.tables.append(try await stage(table, of: tables, source, hash, now, rejects, connection)) }
        for (table, read) in zip(tables, summary.tables) {
            summary.notRead += try source.unreadColumns(table, values: read.unmapped, missing: read.missing ?? [])
        }
        let empty = zip(tables, summary.tables).filter { $1.read == 0 }.map(\.0)
        summary.notRead += try source.unreadTables(binding, absent: binding.missing + empty)
        summary.rejectFile = summary.rejected == 0 ? nil : options.rejectPath
        if let limit = options.maximumRejects, summary.rejected > limit {
            try rejects.assemble(tables)
            throw SnapshotError.tooManyRejects(summary.rejected, limit: limit, file: options.rejectPath)
        }
        summary = try await merge(summary, tables, hash, clock, connection)
        try rejects.assemble(tables)
        rejects.removeParts()
        return summary
    }

    /// Whether an import with `label` is in the archive.
    public static func hasImported(_ label: String, _ connection: isolated Connection) async throws -> Bool {
        try await connection.queryOptional(ImportQueries.find(label: label)) != nil
    }

    /// Stages `table`, unless an earlier run that broke off has done so.
    private func stage(
        _ table: SourceTable, of tables: [SourceTable], _ source: any SnapshotSource, _ hash: String, _ now: Timestamp,
        _ rejects: RejectFile, _ connection: isolated Connection
    ) async throws -> ImportSummary.Table {
        // Posts are not in the archive yet when what refers to them is staged.
        let posts = StagingSQL.posts(in: tables)
        return try await connection.transaction { connection in
            guard try await connection.queryOne(ImportQueries.lock) else { throw SnapshotError.importUnderWay }
            if let stage = try await finished(table, hash, now, rejects, connection) {
                progress(.resuming(table: table.name))
                return stage.summary
            }
            try await connection.execute(ImportQueries.forgetStage(of: table))
            let blocked = Set(try await connection.query(Blocks.all).map(\.handle))
            let erased = Set(try await connection.query(ErasedPosts.all))
            let stager = Stager(
                source: source, lifetime: .untilDropped, now: now, blocked: blocked, erased: erased, progress: progress)
            let part = try rejects.begin(table)
            do {
                let summary = try await stager.stage(table, postsIn: posts, rejects: part, connection).summary
                try part.finish()
                let stage = ImportQueries.Stage(
                    snapshotHash: hash, stagedRows: try await connection.queryOne(StagingSQL(table: table).count),
                    rejectBytes: rejects.length(table), now: now, summary: summary)
                try await connection.execute(ImportQueries.record(stage, of: table))
                return summary
            } catch {
                part.discard()
                throw error
            }
        }
    }

    /// What an earlier run staged of `table`; nil when there is nothing, or when not all of it is there any more.
    private func finished(
        _ table: SourceTable, _ hash: String, _ now: Timestamp, _ rejects: RejectFile, _ connection: isolated Connection
    ) async throws -> ImportQueries.Stage? {
        let staging = StagingSQL(table: table)
        guard let stage = try await connection.queryOptional(ImportQueries.stage(of: table)) ?? nil, stage.snapshotHash == hash,
            stage.now == now,
            stage.rejectBytes == rejects.length(table), try await connection.queryOne(staging.exists),
            stage.stagedRows == (try await connection.queryOne(staging.count, timeout: .seconds(600)))
        else { return nil }
        return stage
    }

    private func merge(
        _ staged: ImportSummary, _ tables: [SourceTable], _ hash: String, _ now: Timestamp, _ connection: isolated Connection
    ) async throws -> ImportSummary {
        try await connection.transaction(besideWriters: .seconds(60), tries: 5) { connection in
            guard try await connection.queryOne(ImportQueries.lock) else { throw SnapshotError.importUnderWay }
            var summary = staged
            for setting in Self.memory { try await connection.execute(setting) }
            let bulk = try await BulkLoad.begin(connection)
            let batch =
                if let known = try await connection.queryOptional(ImportQueries.find(label: staged.label)) { known.id } else {
                    try await connection.queryOne(ImportQueries.begin(label: staged.label, hash: hash, at: now))
                }
            let isConfirming = try await connection.queryOne(Confirmations.mayBe(of: batch))
            for (index, table) in tables.enumerated() {
                guard let stage = try await connection.queryOptional(ImportQueries.stage(of: table)) ?? nil, stage.snapshotHash == hash
                else {
                    throw SnapshotError.overtaken
                }
                guard case .post = table.target.merge else {
                    try await load(LoadSQL(table: table, batch: batch), &summary.tables[index], connection)
                    if isConfirming { try await execute([Confirmations.record(of: table, by: batch)], connection) }
                    continue
                }
                // Writers of a post's history lock the post first, as in ingest. Otherwise a batch and this import would not see each
                // other's snapshots, and compute wrong velocities. A bulk load has locked the tables already.
                let news = bulk.isUnderWay ? nil : DerivedMetrics.news
                if news != nil { try await execute(DerivedMetrics.findNews(batch: batch), connection) }
                try await load(LoadSQL(table: table, batch: batch, held: news), &summary.tables[index], connection)
                progress(.writing(table: ArchiveTable.metrics.name))
                let derived = DerivedMetrics.insert(batch: batch, of: news)
                summary.derivedNew = Int(try await connection.queryOne(derived, timeout: Self.patience))
                if isConfirming {
                    try await execute([Confirmations.record(of: table, by: batch), Confirmations.recordHistory(by: batch)], connection)
                }
                if let news {
                    try await execute([GapQueries.fill(in: news), DerivedMetrics.refreshVelocity(batch: batch)], connection)
                    try await connection.execute(DerivedMetrics.dropNews)
                }
            }
            if bulk.isUnderWay { progress(.indexing) }
            try await bulk.end(connection)
            for table in tables {
                try await connection.execute(StagingSQL(table: table).drop)
                try await connection.execute(ImportQueries.forgetStage(of: table))
            }
            try await connection.execute(ImportQueries.finish(batch, summary.tables))
            // A replay leaves the statistics as true as they were.
            if summary.hasWritten { try await connection.execute(Self.analyze, timeout: .seconds(600)) }
            return summary
        }
    }

    private func load(_ rows: LoadSQL, _ entry: inout ImportSummary.Table, _ connection: isolated Connection) async throws {
        progress(.writing(table: rows.table.target.name))
        let written = try await connection.queryOne(rows.load, timeout: Self.patience)
        entry.inserted = Int(written.inserted)
        entry.updated = Int(written.updated)
        entry.unchanged = entry.read - entry.rejected - entry.erased - entry.duplicate - entry.inserted - entry.updated
    }

    private func execute(_ statements: [Statement<Void>], _ connection: isolated Connection) async throws {
        for statement in statements { try await connection.execute(statement, timeout: Self.patience) }
    }

    private static let patience = Duration.seconds(3_600)

    /// Sorting a million rows on disk would take longer than writing them.
    static let memory: [Statement<Void>] = [
        Statement("snapshot.set", "SET LOCAL work_mem = '256MB'"), Statement("snapshot.set", "SET LOCAL maintenance_work_mem = '256MB'"),
    ]
    static let analyze = Statement<Void>(
        "snapshot.analyze", "ANALYZE posts, post_metrics_snapshots, watch_accounts, reports, pipeline_runs, embeddings")
}
