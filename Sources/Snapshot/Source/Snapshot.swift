internal import Foundation

/// A snapshot of the collector's database: the SQLite file itself, or a folder of JSON Lines.
public struct Snapshot: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// - Throws: `SnapshotError`.
    func open() throws -> any SnapshotSource {
        let source: any SnapshotSource =
            try isFolder() ? try JSONLinesSource(folder: URL(fileURLWithPath: path)) : try SQLiteSource(path: path)
        guard try !TableBinding(source.relations()).tables.isEmpty else { throw SnapshotError.nothingToImport(path) }
        return source
    }

    /// Opens the SQLite file, where a folder of JSON Lines will not do.
    ///
    /// - Throws: `SnapshotError`.
    func openDatabase() throws -> SQLiteSource {
        guard try !isFolder() else { throw SnapshotError.isFolder(path) }
        return try SQLiteSource(path: path)
    }

    /// Whether the snapshot is a folder. Looked at before it is opened: to open a pipe waits for whoever writes to it.
    ///
    /// - Throws: `SnapshotError` when it is neither a folder nor a file.
    public func isFolder() throws -> Bool { try FileKind.isFolder(path) }
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
