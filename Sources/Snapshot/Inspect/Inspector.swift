public import Domain

/// Says what is in a snapshot and what would become of it, by the rules of the import but without a database.
public struct Inspector: Sendable {
    private let snapshot: Snapshot
    private let now: Timestamp
    private let progress: @Sendable (SnapshotProgress) -> Void

    /// Rows between two looks at whether the caller gave up.
    private static let rowsPerLook = 1_000

    /// - Parameters:
    ///   - now: the clock that moments of the snapshot are judged by, in place of the database's.
    ///   - progress: called from time to time.
    public init(_ snapshot: Snapshot, now: Timestamp, progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) {
        self.snapshot = snapshot
        self.now = now
        self.progress = progress
    }

    /// Reads each table once.
    ///
    /// - Throws: `SnapshotError` or `CancellationError`.
    public func run() throws -> Inspection {
        let source = try snapshot.open()
        let binding = TableBinding(try source.relations())
        var inspection = Inspection(leftBehind: binding.leftBehind.map(\.name), missingTables: binding.missing.map(\.name))
        var posts = KeySet()
        var absent = binding.missing
        for table in binding.tables {
            let inspector = try inspect(table, source, posts: table.target.refersToPosts ? posts : nil)
            let found = inspector.finish()
            inspection.tables.append(found)
            inspection.notRead += try source.unreadColumns(table, values: found.expected.unmapped, missing: found.expected.missing ?? [])
            if found.expected.read == 0 { absent.append(table) }
            if table.target == .posts { posts = inspector.keys }
        }
        inspection.notRead += try source.unreadTables(binding, absent: absent)
        return inspection
    }

    private func inspect(_ table: SourceTable, _ source: any SnapshotSource, posts: KeySet?) throws -> TableInspector {
        var inspector = TableInspector(table, columnNames: try source.columns(table.stored).readable, posts: posts, now: now)
        let total = try source.rowCount(table.stored)
        var read = 0
        try source.forEachRow(table.stored) { row in
            inspector.add(row)
            read = row.number
            guard read % Self.rowsPerLook == 0 else { return }
            try Task.checkCancellation()
            progress(.reading(table: table.name, done: read, total: total))
        }
        progress(.reading(table: table.name, done: read, total: read))
        return inspector
    }
}
