internal import CZlib
internal import NIOCore

/// Unpacks one body of gzip (RFC 1952), of one member or several, made by zlib.
final class Gunzip {
    // zlib keeps the address of its state, which therefore must not move.
    private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    /// Whether the last member has come to its end.
    private var isWhole = false

    /// What was sent is no gzip, or not all of it.
    struct Malformed: Error {}

    /// - Throws: `Gzip.OutOfMemory`.
    init() throws(Gzip.OutOfMemory) {
        state.initialize(to: z_stream())
        let gzipWindow: Int32 = 16 + MAX_WBITS
        guard inflateInit2_(state, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw Gzip.OutOfMemory() }
    }

    deinit {
        inflateEnd(state)
        state.deallocate()
    }

    /// Appends what `packed` unpacks to, and stops soon after `limit` bytes, however much more it would be.
    ///
    /// - Throws: `Malformed`.
    func add(_ packed: ByteBuffer, to bytes: inout [UInt8], atMost limit: Int) throws(Malformed) {
        let code = packed.withUnsafeReadableBytes { input in
            state.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            state.pointee.avail_in = UInt32(input.count)
            var code = Z_OK
            repeat {
                if isWhole && state.pointee.avail_in > 0 {
                    inflateReset(state)
                    isWhole = false
                }
                let piece = [UInt8](unsafeUninitializedCapacity: Self.piece) { space, count in
                    state.pointee.next_out = space.baseAddress
                    state.pointee.avail_out = UInt32(space.count)
                    code = inflate(state, Z_NO_FLUSH)
                    count = space.count - Int(state.pointee.avail_out)
                }
                bytes += piece
                if code == Z_STREAM_END { isWhole = true }
            } while (code == Z_OK && (state.pointee.avail_in > 0 || state.pointee.avail_out == 0)
                || code == Z_STREAM_END && state.pointee.avail_in > 0) && bytes.count <= limit
            return code
        }
        // That there was nothing to do is no fault.
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw Malformed() }
    }

    /// - Throws: `Malformed` when something is missing.
    func finish() throws(Malformed) {
        guard isWhole else { throw Malformed() }
    }

    private static let piece = 32 << 10
}
