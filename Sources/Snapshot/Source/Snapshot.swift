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

    /// Whether the snapshot is a folder. Checked before it is opened: opening a pipe would block until there is a writer.
    ///
    /// - Throws: `SnapshotError` when it is neither a folder nor a file.
    public func isFolder() throws -> Bool { try FileKind.isFolder(path) }

    /// The size of the file, or of all files of the folder.
    var bytes: Int64 {
        let files = FileManager.default.subpaths(atPath: path)?.map { "\(path)/\($0)" } ?? [path, path + "-wal"]
        return files.reduce(0) { sum, file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }

    /// What tells this snapshot from any other, wherever it lies and whatever its name is: the SHA-256 of the SQLite file, or
    /// of the list of that file and its write-ahead log if that holds anything; of a folder that of the list of its
    /// `.jsonl` files, in the order of their names.
    ///
    /// Call it while this process has no connection to the database: when a process closes a file, the system drops every
    /// lock of that process on it, SQLite's among them ("How To Corrupt An SQLite Database File", 2.2).
    ///
    /// - Throws: `SnapshotError`, or `CancellationError`.
    public func digest() throws -> String {
        if try isFolder() {
            let folder = URL(fileURLWithPath: path)
            let names = try JSONLinesSource(folder: folder).fileNames()
            return try FileDigest.sha256(
                of: names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { ($0, folder.appendingPathComponent($0).path) })
        }
        let log = path + "-wal"
        guard FileDigest.size(of: log) > 0 else { return try FileDigest.sha256(of: path) }
        return try FileDigest.sha256(of: [("database", path), ("wal", log)])
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
