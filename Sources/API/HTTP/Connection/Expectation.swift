internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1

/// Sends `100 Continue` when the server wants the body of a request (RFC 9110, section 10.1.1). A refused client gets its answer
/// instead, and need not send it.
final class Expectation: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The body of the request is about to be read.
    struct BodyIsWanted: Sendable {}

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyIsWanted else { return context.triggerUserOutboundEvent(event, promise: promise) }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: promise)
    }
}

extension Expectation {
    /// Tells a client that waits for it to send the body.
    static func ask(for request: Request, _ context: APIContext) async throws {
        guard request.headers[.expect] != nil else { return }
        try await context.connection.askForBody()
    }

    /// - Throws: `Problem` when the request expects what no server of ours does.
    static func check(_ request: Request) throws(Problem) {
        guard let expected = request.headers[.expect], expected.lowercased() != "100-continue" else { return }
        throw Problem(.expectationFailed, "This server fulfils no expectation but 100-continue.")
    }
}
