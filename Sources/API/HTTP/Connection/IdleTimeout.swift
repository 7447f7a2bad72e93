internal import NIOCore
internal import NIOHTTP1

/// Closes a connection on which nothing is asked. A client that waits for an answer is not idle, however long it takes.
final class IdleTimeout: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let timeout: TimeAmount
    private let headTimeout: HeadTimeout
    /// Requests that have no answer yet.
    private var unanswered = 0
    private var lastEvent = NIODeadline.now()
    private var next: Scheduled<Void>?

    /// - Parameter headTimeout: sees bytes only, and is told here what they are.
    init(_ timeout: TimeAmount, _ headTimeout: HeadTimeout) {
        self.timeout = timeout
        self.headTimeout = headTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) { lookLater(context, at: .now() + timeout) }
    func handlerRemoved(context: ChannelHandlerContext) { next?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        next?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            headTimeout.headCame()
        case .body: break
        case .end: headTimeout.bodyCame()
        }
        lastEvent = .now()
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { (unanswered, lastEvent) = (unanswered - 1, .now()) }
        context.write(data, promise: promise)
    }

    private func lookLater(_ context: ChannelHandlerContext, at deadline: NIODeadline) {
        next = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            // What waits for its reader is ReaderProgress's.
            let isBusy = self.unanswered > 0 || !context.channel.isWritable
            let end = (isBusy ? .now() : self.lastEvent) + self.timeout
            if end <= .now() { context.close(promise: nil) } else { self.lookLater(context, at: end) }
        }
    }
}
