internal import Domain
internal import Foundation
public import Postgres
internal import Store

/// Shows whether every cell of a snapshot is in the archive, and nothing else. It writes nothing: what it stages goes with its
/// transaction.
///
/// Expected values are made by the import's own `Normaliser`, so a wrong rule would agree with itself. That the rules are right is proved
/// elsewhere: `Tests/Snapshot/documented_rules.py` has them a second time, written from the document.
public struct Validator: Sendable {
    private let snapshot: Snapshot
    private let options: Options
    private let progress: @Sendable (SnapshotProgress) -> Void

    /// What a caller decides.
    public struct Options: Sendable {
        /// Rows of each table that are shown whole.
        public var samples: Int
        /// Chooses them.
        public var seed: Int64
        /// The number of the migration that this program was written for.
        public var schemaVersion: Int
        /// Whether the import kept moments that lie ahead of the database's clock.
        public var allowsFuture: Bool

        public init(samples: Int = 0, seed: Int64 = 1, schemaVersion: Int, allowsFuture: Bool = false) {
            self.samples = samples
            self.seed = seed
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

    /// - Throws: `SnapshotError`, `PostgresError` or `CancellationError`.
    public func run(_ connection: isolated Connection) async throws -> ValidationReport {
        let hash = try snapshot.digest()
        let source = try snapshot.open()
        try await ArchivePreflight(purpose: .validate, schemaVersion: options.schemaVersion).check(connection)
        return try await connection.transaction(isolation: .repeatableRead) { connection in
            for setting in Self.settings { try await connection.execute(setting) }
            return try await compare(source, hash, connection)
        }
    }

    private func compare(_ source: any SnapshotSource, _ hash: String, _ connection: isolated Connection) async throws -> ValidationReport {
        var report = ValidationReport(seed: options.seed)
        let binding = TableBinding(try source.relations())
        report.leftBehind = binding.leftBehind.map(\.name)
        let tables = binding.tables
        let clock = try await connection.queryOne(ImportQueries.clockOfLastImport(of: hash))
        let posts = StagingSQL.posts(in: tables)
        let blocked = Set(try await connection.query(Blocks.all).map(\.handle))
        let erased = Set(try await connection.query(ErasedPosts.all))
        let stager = Stager(
            source: source, lifetime: .transaction, now: options.allowsFuture ? .latest : clock, blocked: blocked, erased: erased,
            countsValues: true, progress: progress)
        var absent = binding.missing
        for table in tables {
            let (summary, unread) = try await stager.stage(table, postsIn: posts, rejects: nil, connection)
            report.sources.append(summary)
            report.notRead += try source.unreadColumns(table, values: unread, missing: summary.missing ?? [])
            if summary.read == 0 { absent.append(table) }
            report.comparisons.append(try await compare(ComparisonSQL(table: ComparedTable(table), snapshotHash: hash), report, connection))
        }
        report.notRead += try source.unreadTables(binding, absent: absent)
        if tables.contains(where: { $0.target == .posts }) {
            let derived = ComparisonSQL(table: .derivedSnapshots, snapshotHash: hash)
            report.comparisons.append(try await compare(derived, report, connection))
        }
        return report
    }

    private func compare(
        _ sql: ComparisonSQL, _ report: ValidationReport, _ connection: isolated Connection
    ) async throws -> Comparison {
        progress(.comparing(table: sql.table.name))
        let patience = Duration.seconds(3_600)
        var comparison = Comparison(table: sql.table.name)
        let counts = try await connection.queryOne(sql.counts, timeout: patience)
        (comparison.expected, comparison.found) = (counts.expected, counts.found)
        (comparison.missing, comparison.extra) = (counts.missing, counts.extra)
        let expected = try await connection.queryOne(sql.digests(ofExpected: true), timeout: patience)
        let found = try await connection.queryOne(sql.digests(ofExpected: false), timeout: patience)
        let different = sql.table.key.map { _ in 0 } + counts.different
        for (index, column) in sql.table.all.enumerated() {
            comparison.columns.append(
                .init(name: column.name, different: different[index], expectedDigest: expected[index], foundDigest: found[index]))
        }
        if !comparison.agrees { try await explain(&comparison, sql, limit: report.differencesLeft, connection) }
        if options.samples > 0 {
            comparison.samples = try await connection.query(sql.samples(options.samples, seed: options.seed), timeout: patience)
        }
        return comparison
    }

    /// Tells damage from what arrived later, and names the first of the damage.
    private func explain(
        _ comparison: inout Comparison, _ sql: ComparisonSQL, limit: Int, _ connection: isolated Connection
    ) async throws {
        let later = try await connection.queryOne(sql.later, timeout: .seconds(3_600))
        comparison.laterRows = later[0]
        comparison.extra -= later[0]
        for (offset, count) in later.dropFirst().enumerated() {
            comparison.columns[sql.table.key.count + offset].later = count
            comparison.columns[sql.table.key.count + offset].different -= count
        }
        guard !comparison.agrees, limit > 0 else { return }
        comparison.differences = try await connection.query(sql.differences(limit: limit), timeout: .seconds(3_600))
    }

    /// Values are shown the same wherever the server stands, and a million rows are joined in memory.
    static let settings: [Statement<Void>] = [
        Statement("snapshot.set", "SET LOCAL TimeZone = 'UTC'"), Statement("snapshot.set", "SET LOCAL DateStyle = 'ISO'"),
        Statement("snapshot.set", "SET LOCAL work_mem = '256MB'"),
    ]
}

/// What a validation found. The same snapshot and the same contents give the same report.
public struct ValidationReport: Hashable, Sendable {
    /// How many differences are named.
    public static let namedDifferences = 50

    /// What the rules made of the rows of the snapshot.
    public var sources: [ImportSummary.Table] = []
    public var comparisons: [Comparison] = []
    public var leftBehind: [String] = []
    /// What holds something and was not compared.
    public var notRead: [Unread] = []
    /// Chose the samples.
    public var seed: Int64 = 1

    /// Whether every cell agrees, and nothing was left out that may belong into the archive.
    public var agrees: Bool { comparisons.allSatisfy(\.agrees) && notRead.isHarmless }

    var differencesLeft: Int { Self.namedDifferences - comparisons.reduce(0) { $0 + $1.differences.count } }
}
