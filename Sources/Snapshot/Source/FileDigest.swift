internal import Crypto
internal import Domain
internal import Foundation

/// SHA-256 as 64 hexadecimal digits, of files of any size in bounded memory.
enum FileDigest {
    private static let chunk = 1 << 20  // 1 MiB

    /// - Throws: `SnapshotError.notReadable`, or `CancellationError`.
    static func sha256(of path: String) throws -> String {
        var hash = SHA256()
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            while let bytes = try file.read(upToCount: chunk), !bytes.isEmpty {
                try Task.checkCancellation()
                hash.update(data: bytes)
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw SnapshotError.notReadable(path, reason: error.localizedDescription)
        }
        return hash.finalize().hexadecimal
    }

    /// One digest for several files: that of a list with one line `digest␠␠name` for each, as `sha256sum` prints it.
    static func sha256(of files: [(name: String, path: String)]) throws -> String {
        var hash = SHA256()
        for (name, path) in files { hash.update(data: Data("\(try sha256(of: path))  \(name)\n".utf8)) }
        return hash.finalize().hexadecimal
    }

    /// Bytes; 0 when there is no such file.
    static func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}

extension Snapshot {
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
