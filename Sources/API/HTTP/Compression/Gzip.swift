internal import CZlib
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// One stream of gzip (RFC 1952), made by zlib.
final class Gzip {
    // zlib keeps the address of its state, which therefore must not move.
    private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// zlib has no memory left.
    struct OutOfMemory: Error {}

    /// - Parameter level: from 1, quick, to 9, small.
    init(level: Int32) throws(OutOfMemory) {
        state.initialize(to: z_stream())
        let gzipWindow: Int32 = 16 + MAX_WBITS
        let size = Int32(MemoryLayout<z_stream>.size)
        let code = deflateInit2_(state, level, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        guard code == Z_OK else { throw OutOfMemory() }
    }

    deinit {
        deflateEnd(state)
        state.deallocate()
    }

    /// Takes `bytes` in, and returns what has come out so far, which may be nothing.
    func add(_ bytes: ByteBuffer) -> ByteBuffer { run(bytes, Z_NO_FLUSH) }

    /// Takes the last `bytes` in, and returns the rest. Nothing may follow.
    func finish(_ bytes: ByteBuffer = ByteBuffer()) -> ByteBuffer { run(bytes, Z_FINISH) }

    private func run(_ bytes: ByteBuffer, _ flush: Int32) -> ByteBuffer {
        var output = ByteBuffer()
        bytes.withUnsafeReadableBytes { input in
            state.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            state.pointee.avail_in = UInt32(input.count)
            repeat {
                _ = output.writeWithUnsafeMutableBytes(minimumWritableBytes: 8_192) { space in
                    state.pointee.next_out = space.bindMemory(to: UInt8.self).baseAddress
                    state.pointee.avail_out = UInt32(space.count)
                    deflate(state, flush)
                    return space.count - Int(state.pointee.avail_out)
                }
            } while state.pointee.avail_out == 0
        }
        return output
    }
}

/// Compresses the parts of a stream on their way, without keeping more of them than zlib's window.
struct GzipWriter: ResponseBodyWriter {
    var destination: any ResponseBodyWriter
    let gzip: Gzip

    mutating func write(_ part: ByteBuffer) async throws {
        let compressed = gzip.add(part)
        if compressed.readableBytes > 0 { try await destination.write(compressed) }
    }

    consuming func finish(_ trailers: HTTPFields?) async throws {
        try await destination.write(gzip.finish())
        try await destination.finish(trailers)
    }
}
