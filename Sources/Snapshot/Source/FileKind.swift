internal import Foundation

/// What stands at a path, looked at without opening it.
enum FileKind {
    /// Whether a folder is there.
    ///
    /// - Throws: `SnapshotError.notFound`, or `.notRegular` for a pipe, a socket or a device.
    static func isFolder(_ path: String) throws -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? SnapshotError.notFound(path) : .notReadable(path, reason: String(cString: strerror(errno)).lowercased())
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return true
        case S_IFREG: return false
        default: throw SnapshotError.notRegular(path)
        }
    }
}
