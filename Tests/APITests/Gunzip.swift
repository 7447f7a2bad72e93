import CZlib

/// What zlib reads from one complete stream of gzip; nil when it is none, or something follows it.
func gunzip(_ bytes: [UInt8]) -> [UInt8]? {
    var state = z_stream()
    guard inflateInit2_(&state, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&state) }
    var input = bytes
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4_096)
    return input.withUnsafeMutableBufferPointer { input in
        state.next_in = input.baseAddress
        state.avail_in = UInt32(input.count)
        while true {
            let (code, count) = piece.withUnsafeMutableBufferPointer { piece in
                state.next_out = piece.baseAddress
                state.avail_out = UInt32(piece.count)
                let code = inflate(&state, Z_NO_FLUSH)
                return (code, piece.count - Int(state.avail_out))
            }
            output += piece.prefix(count)
            if code == Z_STREAM_END { return state.avail_in == 0 ? output : nil }
            guard code == Z_OK else { return nil }
        }
    }
}
