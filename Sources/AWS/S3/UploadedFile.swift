internal import Foundation
internal import NIOCore
internal import Synchronization

/// The bytes of a file, piece by piece, as a request sends them.
final class UploadedFile: AsyncSequence, Sendable {
    private static let piece = 256 << 10

    let path: String
    /// Bytes that it had when it was opened; no more are sent.
    let size: Int64
    private let descriptor: Int32
    private let failed = Mutex<S3Error?>(nil)

    /// Why it could not be read to its end.
    var failure: S3Error? { failed.withLock { $0 } }

    /// - Throws: `S3Error` when it cannot be read.
    init(_ path: String) throws(S3Error) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            let error = S3Error(.file, "\(path) cannot be read: \(String(cString: strerror(errno))).")
            // `deinit` is for what was made.
            if descriptor >= 0 { close(descriptor) }
            throw error
        }
        size = Int64(status.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func makeAsyncIterator() -> Iterator { Iterator(file: self) }

    struct Iterator: AsyncIteratorProtocol {
        let file: UploadedFile
        private var position: Int64 = 0

        init(file: UploadedFile) { self.file = file }

        mutating func next() async throws -> ByteBuffer? {
            guard position < file.size else { return nil }
            let bytes = try file.read(at: position)
            position += Int64(bytes.readableBytes)
            return bytes
        }
    }

    private func read(at position: Int64) throws(S3Error) -> ByteBuffer {
        var buffer = ByteBuffer()
        let wanted = Int(Swift.min(Int64(Self.piece), size - position))
        let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { bytes in
            Swift.max(0, pread(descriptor, bytes.baseAddress, wanted, off_t(position)))
        }
        guard count > 0 else {
            let error = S3Error(.file, "\(path) cannot be read at byte \(position), or was made shorter meanwhile.")
            failed.withLock { $0 = error }
            throw error
        }
        return buffer
    }
}
