internal import NIOCore

/// Takes no further connection for a second after one could not be accepted, as when there is no descriptor left: trying again at once,
/// and again, would take a core.
final class AcceptPause: ChannelInboundHandler, Sendable {
    typealias InboundIn = any Channel

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.fireErrorCaught(error)
        guard error is IOError else { return }
        let channel = context.channel
        channel.setOption(.autoRead, value: false).whenComplete { _ in }
        channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.setOption(.autoRead, value: true) }
    }
}
