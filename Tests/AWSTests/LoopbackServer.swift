import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on this machine that answers what a test tells it to, and remembers what it was asked.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        var method, path: String
        /// Still escaped.
        var query: String
        var headers: [String: String]
        var body: [UInt8]
        /// What came behind the body.
        var trailers: [String: String] = [:]
    }

    struct Reply: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body: [UInt8] = []
        /// Closes the connection after so many bytes of the body.
        var breaksAfter: Int?
        /// Instead of the body's own.
        var claimedLength: Int?
        /// Takes the request and says nothing.
        var isSilent = false

        static func text(_ text: String, status: Int = 200) -> Reply { Reply(status: status, body: Array(text.utf8)) }
    }

    private struct State {
        var requests: [Request] = []
        var connections = 0
        var reply: @Sendable (Request) -> Reply
    }

    private let state: Mutex<State>
    private let channel = Mutex<(any Channel)?>(nil)

    var requests: [Request] { state.withLock { $0.requests } }
    /// How many came, one after the other or at once.
    var connections: Int { state.withLock { $0.connections } }
    var address: String { "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)" }

    private init(_ reply: @escaping @Sendable (Request) -> Reply) { state = Mutex(State(reply: reply)) }

    /// Runs `body` while the server answers with `reply`.
    static func with<Value>(
        _ reply: @escaping @Sendable (Request) -> Reply, _ body: (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let server = LoopbackServer(reply)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                server.state.withLock { $0.connections += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    try channel.pipeline.syncOperations.addHandler(Handler(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.channel.withLock { $0 = channel }
        do {
            let value = try await body(server)
            try await channel.close()
            return value
        } catch {
            try? await channel.close()
            throw error
        }
    }

    fileprivate func answer(_ request: Request) -> Reply {
        let reply = state.withLock { state in
            state.requests.append(request)
            return state.reply
        }
        return reply(request)
    }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let server: LoopbackServer
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ server: LoopbackServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, [])
        case .body(let part): body += part.readableBytesView
        case .end(let trailers): if let head { answer(head, trailers ?? [:], context) }
        }
    }

    private func answer(_ head: HTTPRequestHead, _ trailers: HTTPHeaders, _ context: ChannelHandlerContext) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        func members(_ fields: HTTPHeaders) -> [String: String] {
            Dictionary(fields.map { ($0.name.lowercased(), $0.value) }) { "\($0),\($1)" }
        }
        let reply = server.answer(
            .init(
                method: head.method.rawValue, path: parts[0], query: parts.count > 1 ? parts[1] : "",
                headers: members(head.headers), body: body, trailers: members(trailers)))
        guard !reply.isSilent else { return }
        var fields = HTTPHeaders(reply.headers)
        fields.replaceOrAdd(name: "content-length", value: "\(reply.claimedLength ?? reply.body.count)")
        let status = HTTPResponseStatus(statusCode: reply.status)
        context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: fields))), promise: nil)
        let sent = reply.breaksAfter.map { reply.body.prefix($0) } ?? reply.body[...]
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: sent)))), promise: nil)
        if reply.breaksAfter == nil {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        } else {
            context.close(promise: nil)
        }
    }
}
