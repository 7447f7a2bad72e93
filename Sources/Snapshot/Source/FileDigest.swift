internal import Crypto
internal import Encoding
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
