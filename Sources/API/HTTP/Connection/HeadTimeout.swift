internal import NIOCore

/// The head of a request did not come in time.
struct HeadTooSlow: Error {}

/// Gives the head of a request a time in which it has to come, from its first byte on: a client that sends a letter now and then would hold
/// a connection that others need.
final class HeadTimeout: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let patience: TimeAmount
    /// Whether the bytes that come belong to a request whose head is there.
    private var isReadingBody = false
    private var deadline: Scheduled<Void>?

    init(_ patience: TimeAmount) { self.patience = patience }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isReadingBody, deadline == nil {
            deadline = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { context.fireErrorCaught(HeadTooSlow()) }
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    /// The head is there.
    func headCame() {
        isReadingBody = true
        end()
    }

    /// The body is there as well: what comes next is a head.
    func bodyCame() { isReadingBody = false }

    private func end() {
        deadline?.cancel()
        deadline = nil
    }
}
