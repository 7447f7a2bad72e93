public import Postgres

/// Shows whether every cell of a snapshot is in the archive, and nothing else, through the same rules as the import.
/// It writes nothing: what it stages goes with its transaction.
public struct Validator: Sendable {
    private let snapshot: Snapshot
    private let progress: @Sendable (SnapshotProgress) -> Void

    public init(_ snapshot: Snapshot, progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) {
        self.snapshot = snapshot
        self.progress = progress
    }

    /// - Throws: `SnapshotError`, `PostgresError` or `CancellationError`.
    public func run(_ connection: Connection) async throws -> ValidationReport {
        try await connection.transaction(isolation: .repeatableRead) { connection in
            try await compare(snapshot.open(), connection)
        }
    }

    private func compare(_ source: any SnapshotSource, _ connection: isolated Connection) async throws -> ValidationReport {
        var report = ValidationReport()
        let names = Set(try source.tableNames())
        report.leftBehind = names.subtracting(SourceTable.all.map(\.name)).sorted()
        let stager = Stager(source: source, rejects: nil, progress: progress)
        for table in SourceTable.all where names.contains(table.name) {
            report.sources.append(try await stager.stage(table, connection))
            report.comparisons.append(try await compare(ComparisonSQL(table), connection))
        }
        if names.contains(SourceTable.posts.name) {
            report.comparisons.append(try await compare(.derivedSnapshots, connection))
        }
        return report
    }

    private func compare(_ sql: ComparisonSQL, _ connection: isolated Connection) async throws -> Comparison {
        progress(.comparing(table: sql.table))
        let counts = try await connection.queryOne(sql.counts, timeout: .seconds(3_600))
        var comparison = Comparison(table: sql.table)
        (comparison.expected, comparison.found, comparison.missing, comparison.extra) = (counts[0], counts[1], counts[2], counts[3])
        comparison.different = zip(sql.columns, counts[4...]).map { .init(name: $0, count: $1) }
        if !comparison.agrees { comparison.samples = try await connection.query(sql.samples, timeout: .seconds(3_600)) }
        return comparison
    }
}

/// What a validation found.
public struct ValidationReport: Hashable, Sendable {
    /// What the rules made of the rows of the snapshot.
    public var sources: [ImportSummary.Table] = []
    public var comparisons: [Comparison] = []
    public var leftBehind: [String] = []

    /// Whether every cell agrees.
    public var agrees: Bool { comparisons.allSatisfy(\.agrees) }
}
