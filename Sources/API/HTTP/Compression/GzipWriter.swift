internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

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
