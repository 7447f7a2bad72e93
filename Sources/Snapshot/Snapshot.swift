internal import Foundation

/// A snapshot of the collector's database: the SQLite file itself, or a folder of JSON Lines.
public struct Snapshot: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// - Throws: `SnapshotError`.
    func open() throws -> any SnapshotSource {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw SnapshotError.notFound(path) }
        let source: any SnapshotSource =
            isFolder.boolValue ? try JSONLinesSource(folder: URL(fileURLWithPath: path)) : try SQLiteSource(path: path)
        let names = Set(try source.tableNames())
        guard SourceTable.all.contains(where: { names.contains($0.name) }) else { throw SnapshotError.nothingToImport(path) }
        return source
    }

    /// Opens the SQLite file, where a folder of JSON Lines will not do.
    ///
    /// - Throws: `SnapshotError`.
    func openDatabase() throws -> SQLiteSource {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw SnapshotError.notFound(path) }
        guard !isFolder.boolValue else { throw SnapshotError.isFolder(path) }
        return try SQLiteSource(path: path)
    }
}

/// How far a long operation is.
public enum SnapshotProgress: Hashable, Sendable {
    /// `done` of `total` rows of a table were read; the total of a JSON Lines file is not known.
    case reading(table: String, done: Int, total: Int?)
    /// The table was staged by an earlier run that broke off.
    case resuming(table: String)
    case writing(table: String)
    /// The indexes of an archive that was empty are built.
    case indexing
    case comparing(table: String)
    /// `done` of `total` pages of a database were copied.
    case copying(done: Int, total: Int)
    case checking(file: String)
}
