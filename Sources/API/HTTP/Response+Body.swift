internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import NIOCore
internal import Synchronization

extension Response {
    /// The same for the caller alone: a credential was needed for it.
    var forCallerAlone: Response {
        var response = self
        if [nil, "no-cache"].contains(headers[.cacheControl]) { response.headers[.cacheControl] = "private, no-cache" }
        response.headers[values: .vary] += ["Cookie", "Authorization", "x-api-key"]
        return response
    }

    /// The bytes of the body; nil when it is a stream.
    func wholeBody() async -> ByteBuffer? {
        let bytes = CollectedBody()
        guard body.contentLength != nil, (try? await body.write(bytes)) != nil else { return nil }
        return bytes.buffer.withLock { $0 }
    }

    /// What `HEAD` gets: the same headers. The length of a stream stays unknown.
    func withoutBody() -> Response {
        guard headers[.contentLength] == nil, body.contentLength == nil else {
            return Response(status: status, headers: headers)
        }
        return Response(status: status, headers: headers, body: ResponseBody(contentLength: nil) { try await $0.finish(nil) })
    }
}

private final class CollectedBody: ResponseBodyWriter {
    let buffer = Mutex(ByteBuffer())

    func write(_ part: ByteBuffer) async throws {
        // The first part, which is all of most bodies, is not copied.
        buffer.withLock { if $0.readableBytes == 0 { $0 = part } else { $0.writeImmutableBuffer(part) } }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Response {
    /// A JSON answer.
    init(json writer: JSONWriter, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }
}
