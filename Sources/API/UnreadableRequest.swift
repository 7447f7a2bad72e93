internal import Domain
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Says why to whoever sends something that is no HTTP, or a head that is too long; without this he would get a 400 without a word.
/// Where the next request begins is not known then, so the connection is closed.
final class UnreadableRequest: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Requests that were read and have no answer yet.
    private var unanswered = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { unanswered += 1 }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // An answer to the request before may be half written.
        guard let error = error as? HTTPParserError, unanswered == 0 else { return context.fireErrorCaught(error) }
        let problem = Problem(
            .malformedRequest,
            error == .headerOverflow
                ? "The address and the headers of a request may have 80 KB together."
                : "This is no request of HTTP/1.1, whose headers are lines of visible text.")
        answer(problem, context)
    }

    private func answer(_ problem: Problem, _ context: ChannelHandlerContext) {
        var writer = JSONWriter()
        writer.object { writer in problem.write(to: &writer, requestID: APIContext.randomRequestID()) }
        let headers: HTTPFields = [
            .contentType: "application/problem+json", .contentLength: "\(writer.bytes.count)", .connection: "close",
            .cacheControl: "no-store",
        ]
        context.write(wrapOutboundOut(.head(HTTPResponse(status: problem.code.status, headerFields: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: writer.bytes))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // Who is still sending would lose the answer if the connection were closed at once.
        context.close(mode: .output, promise: nil)
        context.eventLoop.scheduleTask(in: .seconds(2)) { [channel = context.channel] in channel.close(promise: nil) }
    }
}
