internal import Domain
public import Postgres
internal import Store

/// Takes an import back: removes exactly the rows that nobody but it, and imports that were taken back before, has written.
///
/// A row that was changed since is no longer the import's alone, and a post that later rows refer to is still needed: both stay, and are
/// counted. Collectors go on writing meanwhile. So the rows are locked first, and a later statement, which sees everything committed until
/// then, decides which of them go: docs/adr/0012-held-before-removed.md has the reasons.
public struct Undo: Sendable {
    private let label: String
    private let options: Options

    /// What a caller decides.
    public struct Options: Sendable {
        /// Says what would be removed, and removes nothing.
        public var isDryRun: Bool
        /// Removes rows also that another import found as they had to be.
        public var isForced: Bool
        /// The number of the migration that this program was written for.
        public var schemaVersion: Int

        public init(isDryRun: Bool = false, isForced: Bool = false, schemaVersion: Int) {
            self.isDryRun = isDryRun
            self.isForced = isForced
            self.schemaVersion = schemaVersion
        }
    }

    /// What was removed and what stayed, per table, in the order of the removal.
    public struct Result: Hashable, Sendable {
        /// One table of the archive.
        public struct Table: Hashable, Sendable {
            public var name: String
            public var removed: Int
            /// Rows of the import that stay, because somebody changed them since.
            public var changed = 0
            /// Rows of the import that stay though nobody changed them: posts that later rows refer to.
            public var needed = 0
            /// Rows of earlier writers that the import changed; they stay as it left them.
            public var overwritten = 0

            /// Rows of the import that stay.
            public var kept: Int { changed + needed }
        }

        public var label: String
        /// Whether nothing was removed, and this is only what would be.
        public var isDryRun: Bool
        public var tables: [Table] = []
        /// Other imports that found rows which go as they had to be; these rows are theirs too.
        public var confirming: [String] = []
    }

    /// - Parameter label: names the import.
    public init(label: String, options: Options) {
        self.label = label
        self.options = options
    }

    /// Writers of the import's own rows wait until it has ended; all others go on.
    ///
    /// - Throws: `SnapshotError` or `PostgresError`; nothing is removed then.
    public func run(_ connection: isolated Connection) async throws -> Result {
        try await ArchivePreflight(purpose: .undo, schemaVersion: options.schemaVersion).check(connection)
        do {
            return try await connection.transaction(besideWriters: .seconds(60), tries: 10) { connection in
                let result = try await takeBack(connection)
                if options.isDryRun { throw DryRun(result: result) }
                guard result.confirming.isEmpty || options.isForced else {
                    throw SnapshotError.confirmed(label, by: result.confirming)
                }
                return result
            }
        } catch let rehearsal as DryRun {
            return rehearsal.result
        }
    }

    private func takeBack(_ connection: isolated Connection) async throws -> Result {
        guard try await connection.queryOne(ImportQueries.lock) else { throw SnapshotError.importUnderWay }
        guard let batch = try await connection.queryOptional(ImportQueries.find(label: label))?.id else {
            throw SnapshotError.unknownLabel(label)
        }
        let undone = try await connection.query(UndoQueries.undone) + [batch]
        for held in UndoQueries.held { try await connection.execute(held.statement(undone), timeout: Self.patience) }
        var result = Result(label: label, isDryRun: options.isDryRun)
        var confirming: Set<String> = []
        for table in UndoQueries.tables {
            let removed = try await connection.queryOne(UndoQueries.remove(undone, from: table), timeout: Self.patience)
            result.tables.append(.init(name: table.name, removed: Int(removed.rows)))
            confirming.formUnion(removed.confirming)
        }
        result.confirming = confirming.sorted()
        for (index, table) in UndoQueries.tables.enumerated() {
            let left = try await connection.queryOne(UndoQueries.left(batch, undone, in: table), timeout: Self.patience)
            result.tables[index].changed = Int(left.changed)
            result.tables[index].needed = Int(left.kept - left.changed)
            result.tables[index].overwritten = Int(left.overwritten)
        }
        // Posts that stay may have lost a part of their history.
        try await connection.execute(UndoQueries.refreshVelocity, timeout: Self.patience)
        try await connection.execute(UndoQueries.record(batch), timeout: Self.patience)
        try await connection.execute(UndoQueries.forgetStages)
        return result
    }

    private static let patience = Duration.seconds(3_600)

    /// Thrown to roll back what was only to be said.
    private struct DryRun: Error {
        var result: Result
    }
}
