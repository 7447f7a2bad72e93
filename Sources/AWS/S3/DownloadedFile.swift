internal import Crypto
internal import Encoding
internal import Foundation
internal import NIOCore

/// A file that is written from start to end, and hashed as it is.
struct DownloadedFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private let expected: Int64?
    private let source: String
    private var hash = SHA256()
    private var size: Int64 = 0

    /// - Parameter expected: its bytes, where they are known before.
    /// - Throws: `S3Error` when the file cannot be made, or the disk has less room than `expected`.
    init(_ path: String, expecting expected: Int64?, of source: String) throws(S3Error) {
        self.path = path
        self.expected = expected
        self.source = source
        // A file that somebody else may read, or a link to another place, is not written into.
        unlink(path)
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw S3Error(.file, "\(path) cannot be written: \(String(cString: strerror(errno))). Check the folder and its permissions.")
        }
        if let expected, let free = Self.freeBytes(at: descriptor), free < expected {
            throw S3Error(
                .noSpace,
                "\(source) has \(expected) bytes, and the disk of \(path) has room for \(free). Make room, or give it a larger disk.")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func freeBytes(at descriptor: Int32) -> Int64? {
        var disk = statvfs()
        guard fstatvfs(descriptor, &disk) == 0 else { return nil }
        return Int64(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
    }

    mutating func write(_ bytes: ByteBuffer) throws(S3Error) {
        let code = bytes.withUnsafeReadableBytes { Self.write($0, to: descriptor) }
        guard code == 0 else { throw failure(code) }
        bytes.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        size += Int64(bytes.readableBytes)
    }

    /// All of `bytes`, however many a call takes.
    ///
    /// - Returns: 0, or the code of the error.
    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 && errno == EINTR { continue }
            // Nothing written of something is a disk that takes no more.
            guard written > 0 else { return written == 0 ? ENOSPC : errno }
            done += written
        }
        return 0
    }

    /// - Throws: `S3Error` when not all of it came, or not all of it reached the disk.
    consuming func end() throws(S3Error) -> (sha256: String, size: Int64) {
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(errno) }
        guard expected == nil || expected == size else {
            throw S3Error(.unavailable, "\(source) broke off after \(size) of \(expected ?? 0) bytes. Try again.")
        }
        return (hash.finalize().hexadecimal, size)
    }

    private func failure(_ code: Int32) -> S3Error {
        guard code == ENOSPC || code == EDQUOT || code == EFBIG else {
            return S3Error(.file, "\(path) cannot be written: \(String(cString: strerror(code))).")
        }
        return S3Error(
            .noSpace, "The disk of \(path) is full after \(size) bytes of \(source). Make room, or give it a larger disk.")
    }
}
