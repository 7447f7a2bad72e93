internal import Domain
internal import GRDB
internal import JSON

/// Writes a SQLite snapshot as JSON Lines, from which an import makes the same archive. The same snapshot always gives the
/// same bytes: rows are in the order of their keys.
public struct Exporter: Sendable {
    private let snapshot: Snapshot
    private let folder: ExportFolder
    private let progress: @Sendable (SnapshotProgress) -> Void

    /// Rows between two looks at whether the caller gave up.
    private static let rowsPerLook = 1_000

    /// - Parameters:
    ///   - folder: where the files go; it must not be there yet, or be empty, or hold an earlier export.
    ///   - progress: called from time to time.
    public init(_ snapshot: Snapshot, to folder: String, progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) {
        self.snapshot = snapshot
        self.folder = ExportFolder(path: folder)
        self.progress = progress
    }

    /// Writes one file for each table that an import reads, and a manifest.
    ///
    /// - Throws: `SnapshotError` or `CancellationError`; the folder is then as it was.
    public func run() throws -> ExportManifest {
        let source = try snapshot.openDatabase()
        let tables = TableBinding(try source.relations()).tables
        guard !tables.isEmpty else { throw SnapshotError.nothingToImport(snapshot.path) }
        try folder.begin()
        do {
            var manifest = ExportManifest()
            for table in tables { manifest.files.append(try write(table, source)) }
            let file = try output(ExportManifest.name)
            try file.write(manifest.json)
            _ = try file.finish()
            try Task.checkCancellation()
            try folder.publish()
            return manifest
        } catch {
            folder.discard()
            throw error
        }
    }

    private func write(_ table: SourceTable, _ source: SQLiteSource) throws -> ExportManifest.File {
        let name = table.name + ".jsonl"
        let file = try output(name)
        let total = try source.rowCount(table.stored)
        let order = KeyOrder(table: table)
        source.queue.unsafeRead { db in order.prepare(db) }
        var rows = 0
        try source.forEachRow(table.stored, orderedBy: order.terms(names: source.columns(table.stored).readable)) { row in
            var writer = JSONWriter()
            row.writeLossless(to: &writer)
            try file.write(writer.bytes)
            try file.write([UInt8(ascii: "\n")])
            rows = row.number
            guard rows % Self.rowsPerLook == 0 else { return }
            try Task.checkCancellation()
            progress(.reading(table: table.name, done: rows, total: total))
        }
        progress(.reading(table: table.name, done: rows, total: rows))
        let digest = try file.finish()
        return .init(name: name, rows: rows, bytes: file.bytes, sha256: digest)
    }

    private func output(_ name: String) throws -> OutputFile {
        try OutputFile(path: folder.partial + "/" + name, finalPath: folder.path + "/" + name)
    }
}
