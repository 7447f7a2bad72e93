internal import Crypto
internal import Encoding
internal import Foundation

/// A file that is written from its start to its end, with what a manifest says of it.
final class OutputFile {
    private static let chunk = 1 << 18  // 256 KiB

    private let path: String
    /// The name that errors tell, which the file will have at last.
    private let finalPath: String
    private let file: Int32
    private var buffer: [UInt8] = []
    private var hash = SHA256()
    private(set) var bytes: Int64 = 0
    private var isOpen = true

    /// Creates the file, as `PrivateFile` does.
    ///
    /// - Throws: `SnapshotError.cannotWrite`.
    init(path: String, finalPath: String) throws {
        self.path = path
        self.finalPath = finalPath
        file = PrivateFile.create(path)
        guard file >= 0 else { throw SnapshotError.cannotWrite(finalPath, errno: errno) }
    }

    deinit { if isOpen { close(file) } }

    func write(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.chunk { try flush() }
    }

    /// Leaves the file on the disk, not only in the memory of the system, and closes it.
    ///
    /// - Returns: The SHA-256 of its contents.
    func finish() throws -> String {
        try flush()
        guard fsync(file) == 0 else { throw SnapshotError.cannotWrite(finalPath, errno: errno) }
        isOpen = false
        guard close(file) == 0 else { throw SnapshotError.cannotWrite(finalPath, errno: errno) }
        return hash.finalize().hexadecimal
    }

    private func flush() throws {
        hash.update(data: buffer)
        bytes += Int64(buffer.count)
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SnapshotError.cannotWrite(finalPath, errno: errno) }
            rest = rest.dropFirst(count)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

extension SnapshotError {
    /// - Parameter errno: What the system said.
    static func cannotWrite(_ path: String, errno: Int32) -> SnapshotError {
        let reason = String(cString: strerror(errno)).lowercased()
        return switch errno {
        case ENOSPC, EDQUOT: .cannotWrite(path, reason: "the disk is full", remedy: "Make room or choose another place.")
        case EFBIG: .cannotWrite(path, reason: reason, remedy: "Raise the limit on the size of files (ulimit -f), or choose another disk.")
        case EACCES, EPERM, EROFS: .cannotWrite(path, reason: reason, remedy: "Choose a place that you may write to.")
        default: .cannotWrite(path, reason: reason, remedy: "")
        }
    }
}
