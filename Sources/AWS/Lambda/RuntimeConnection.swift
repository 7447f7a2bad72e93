internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// One exchange with the Runtime API, over a connection of its own.
final class RuntimeConnection: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: ByteBuffer
    }

    /// An event has 6 MB at most.
    private static let maximumBytes = 16 << 20
    private static let connectTimeout = TimeAmount.seconds(5)

    private let host: String
    private let parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>
    private let writer: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>

    private init(
        _ host: String, _ parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>,
        _ writer: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    ) {
        self.host = host
        self.parts = parts
        self.writer = writer
    }

    /// Runs `body` with a new connection, and closes it.
    static func open<Value: Sendable>(
        _ host: String, _ port: Int, _ body: @Sendable (RuntimeConnection) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(connectTimeout)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { parts, writer in
            try await body(RuntimeConnection("\(host):\(port)", parts, writer))
        }
    }

    /// Sends a whole request at once: the other side may answer and close as soon as it has the last byte.
    func send(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, body: [UInt8]) async throws {
        try await writer.write(contentsOf: [head(method, path, headers), .body(.byteBuffer(ByteBuffer(bytes: body))), .end(nil)])
    }

    /// Begins a request whose body follows.
    func begin(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders) async throws {
        try await writer.write(head(method, path, headers))
    }

    private func head(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders) -> HTTPClientRequestPart {
        var headers = headers
        headers.add(name: "Host", value: host)
        headers.add(name: "Connection", value: "close")
        return .head(HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers))
    }

    func write(_ bytes: ByteBuffer) async throws { try await writer.write(.body(.byteBuffer(bytes))) }

    func end(_ trailers: HTTPHeaders? = nil) async throws { try await writer.write(.end(trailers)) }

    func answer() async throws -> Answer {
        var answer = Answer(status: 0, headers: [:], body: ByteBuffer())
        for try await part in parts {
            switch part {
            case .head(let head): (answer.status, answer.headers) = (Int(head.status.code), head.headers)
            case .body(let bytes):
                guard answer.body.readableBytes + bytes.readableBytes <= Self.maximumBytes else {
                    throw RuntimeError("The Runtime API sent more than \(Self.maximumBytes) bytes at once.")
                }
                answer.body.writeImmutableBuffer(bytes)
            case .end: return answer
            }
        }
        throw RuntimeError("The Runtime API of Lambda closed the connection before its answer was whole.")
    }

    func requireAccepted() async throws {
        let status = try await answer().status
        guard (200..<300).contains(status) else { throw RuntimeError("The Runtime API refused a streamed answer with status \(status).") }
    }
}
