internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1

/// Whether a connection goes on after an answer (RFC 9112, section 9), and how it ends.
///
/// It ends after the answer to a request that asks for it, after one that says so itself, after one that was given before its request had
/// been read, and when the server stops. The answer says it in its head. No later request is looked at, and what the caller still sends is
/// thrown away for a while, because a client that is still sending would lose the answer if the connection were closed at once.
///
/// A caller of HTTP/1.0 is answered in HTTP/1.0, and gets no chunks; a body of unknown length ends with the connection.
final class Persistence: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long what is left of a request is thrown away, and how long the client has to close its side after one that was read.
    private static let longestRest = TimeAmount.seconds(10)
    private static let longestFarewell = TimeAmount.seconds(2)

    /// The versions of the requests that have no answer yet.
    private var unanswered = CircularBuffer<HTTPVersion>()
    /// Whether the newest request has not come to its end.
    private var isReading = false
    /// Whether a further request would be looked at.
    private var takesRequests = true
    private var isDropping = false
    /// Whether the answer that is being written is the last one.
    private var isLast = false
    private var isOver = false
    private var isQuiescing = false
    private var closing: Scheduled<Void>?

    private static var nothing: NIOAny { NIOAny(OutboundOut.body(.byteBuffer(ByteBuffer()))) }

    func handlerRemoved(context: ChannelHandlerContext) { closing?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        closing?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if !takesRequests { isDropping = true }
            if isDropping || isOver { return }
            unanswered.append(head.version)
            isReading = true
            // Nothing is read after a request for another protocol, which this server does not speak.
            takesRequests = head.isKeepAlive && !head.headers.contains(name: "upgrade") && head.method != .CONNECT
        case .body: break
        case .end:
            if isDropping { return }
            isReading = false
            if isOver { return closeSoon(context) }
        }
        if !isDropping && !isOver { context.fireChannelRead(data) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // Nobody else asks for the rest.
        if isOver { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            head.version = unanswered.first ?? .http1_1
            if head.status.code >= 200 { decide(&head) }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            if !unanswered.isEmpty { unanswered.removeFirst() }
            if isLast || !takesRequests && unanswered.isEmpty {
                finish(context, after: data, promise)
            } else {
                context.write(data, promise: promise)
            }
        }
    }

    /// The framework closes its side when the client has closed its own, though not all may have gone out.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        if isOver { promise?.succeed() } else { finish(context, after: Self.nothing, promise) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        (isQuiescing, takesRequests) = (true, false)
        if isOver { closeSoon(context) } else if unanswered.isEmpty { finish(context, after: Self.nothing, nil) }
    }

    /// Whether the connection goes on after this answer.
    private func decide(_ head: inout HTTPResponseHead) {
        let isOldest = unanswered.count <= 1
        let isOld = head.version.isOld
        let hasEnd = !isOld || head.headers.contains(name: "content-length") || !head.status.mayHaveResponseBody
        let saysSo = head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
        isLast = saysSo || !hasEnd || isOldest && (isReading || !takesRequests)
        if isLast {
            takesRequests = false
            head.headers.replaceOrAdd(name: "connection", value: "close")
        } else if isOld {
            head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
        }
    }

    /// Writes `last`, and closes our side when everything has gone out. Any earlier, a client that has closed its side already would lose
    /// the rest.
    private func finish(_ context: ChannelHandlerContext, after last: NIOAny, _ promise: EventLoopPromise<Void>?) {
        isOver = true
        let written = promise ?? context.eventLoop.makePromise()
        context.writeAndFlush(last, promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in self.end(context) }
    }

    private func end(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        if isQuiescing && !isReading { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        closeSoon(context)
        context.read()
    }

    private func closeSoon(_ context: ChannelHandlerContext) {
        closing?.cancel()
        let delay = isReading ? Self.longestRest : isQuiescing ? .zero : Self.longestFarewell
        closing = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { context.close(promise: nil) }
    }
}
