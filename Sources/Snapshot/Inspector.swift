/// Says what is in a snapshot and what would become of it, by the rules of the import but without a database.
public struct Inspector: Sendable {
    private let snapshot: Snapshot
    private let progress: @Sendable (SnapshotProgress) -> Void

    /// Rows between two looks at whether the caller gave up.
    private static let rowsPerLook = 1_000

    public init(_ snapshot: Snapshot, progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) {
        self.snapshot = snapshot
        self.progress = progress
    }

    /// Reads each table once.
    ///
    /// - Throws: `SnapshotError` or `CancellationError`.
    public func run() throws -> Inspection {
        let source = try snapshot.open()
        let names = Set(try source.tableNames())
        let known = SourceTable.all.map(\.name)
        var inspection = Inspection(leftBehind: names.subtracting(known).sorted(), missingTables: known.filter { !names.contains($0) })
        var posts = KeySet()
        for table in SourceTable.all where names.contains(table.name) {
            let inspector = try inspect(table, source, posts: table.refersToPosts ? posts : nil)
            inspection.tables.append(inspector.finish())
            if table.target == SourceTable.posts.target { posts = inspector.keys }
        }
        return inspection
    }

    private func inspect(_ table: SourceTable, _ source: any SnapshotSource, posts: KeySet?) throws -> TableInspector {
        var inspector = TableInspector(table, columnNames: try source.columnNames(table.name), posts: posts)
        let total = try source.rowCount(table.name)
        var read = 0
        try source.forEachRow(table.name) { row in
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
