internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Sends answers compressed to callers that take them so, where it is worth it.
enum Compression {
    /// Shorter answers fit into one packet as they are, and are sent so to callers that take them.
    private static let minimumLength = 1_024
    /// Of an answer that is made for one caller: beyond it, time grows and size hardly shrinks.
    private static let level: Int32 = 5

    /// Does nothing to an answer that has been here.
    static func apply(to response: Response, for request: Request) async throws -> Response {
        // A 304 stands for an answer that would have been compressed.
        let isCompressible = response.headers[.contentType].map(isText) ?? (response.status == .notModified)
        let wasHere = response.headers[values: .vary].contains("Accept-Encoding")
        guard response.headers[.contentEncoding] == nil, isCompressible, !wasHere else { return response }
        var response = response
        // Of every answer, because a cache must not take a short one of now for the answer to everybody later.
        response.headers[values: .vary].append("Accept-Encoding")
        let length = response.headers[.contentLength].flatMap(Int.init)
        let gzip = AcceptEncoding(request.headers).gzip
        guard response.status != .notModified, gzip == .only || gzip == .yes && length ?? .max >= minimumLength else { return response }
        response.headers[.contentEncoding] = "gzip"
        if request.method == .head {
            // Nobody knows how long it would be without making it.
            response.headers[.contentLength] = nil
            response.body = stream(response.body)
        } else if let whole = await response.wholeBody() {
            response.body = .init(byteBuffer: try Gzip(level: level).finish(whole))
        } else {
            response.body = stream(response.body)
        }
        return response
    }

    /// What is sent again and again as it is, as small as it gets, however short: a page is made of many. Nil when it does not shrink.
    static func once(_ bytes: ByteBuffer, type: String) throws -> ByteBuffer? {
        guard isText(type) else { return nil }
        let compressed = try Gzip(level: 9).finish(bytes)
        return compressed.readableBytes < bytes.readableBytes ? compressed : nil
    }

    private static func stream(_ body: ResponseBody) -> ResponseBody {
        ResponseBody { writer in try await body.write(GzipWriter(destination: writer, gzip: try Gzip(level: level))) }
    }

    /// Whether it is of a kind that shrinks. Events have to arrive one by one, and are none.
    private static func isText(_ contentType: String) -> Bool {
        let type = Substring(contentType.utf8.prefix { $0 != UInt8(ascii: ";") })
        return type.hasPrefix("text/") && type != "text/event-stream" || type.hasSuffix("json") || type.hasSuffix("xml")
            || type.hasSuffix("yaml")
    }
}
