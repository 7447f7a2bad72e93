internal import NIOCore

/// Closes the connection of a reader that takes too little of what was written for it: it would hold an answer in memory, and keep a
/// server that stops waiting.
///
/// It looks only while more waits than the channel takes in one go; everything else costs nothing.
final class ReaderProgress: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    /// What has to be taken in each period: half a kilobyte a second, where the period is 30 seconds.
    private static let least = 16 << 10

    /// Most bytes that the system keeps unsent for a reader; it takes more when half of them have gone. Without a bound it would take megabytes,
    /// and what a slow reader takes of those is not seen from here (TCP_NOTSENT_LOWAT of tcp(7)).
    static let mostUnsent = SocketOptionValue(2 * least)

    private let period: TimeAmount
    /// How often it looks in a period: at least once a second, however long the period is.
    private let looks: Int64
    private let unsent: UnsentBytes
    /// What waited when it looked last; part of `unsent`.
    private var waiting = 0
    private var taken = 0
    private var look: Int64 = 0
    private var next: Scheduled<Void>?

    init(patience: TimeAmount, unsent: UnsentBytes) {
        period = patience
        looks = max(30, (patience.nanoseconds - 1) / TimeAmount.seconds(1).nanoseconds + 1)
        self.unsent = unsent
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { end() } else if next == nil { begin(context) }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    private func begin(_ context: ChannelHandlerContext) {
        (taken, look) = (0, 0)
        note(Self.bytesWaiting(context))
        lookLater(context)
    }

    private func end() {
        next?.cancel()
        next = nil
        note(0)
    }

    private func note(_ bytes: Int) {
        unsent.add(bytes - waiting)
        waiting = bytes
    }

    private func lookLater(_ context: ChannelHandlerContext) {
        next = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(period.nanoseconds / looks)) { self.lookNow(context) }
    }

    private func lookNow(_ context: ChannelHandlerContext) {
        let bytes = Self.bytesWaiting(context)
        // More may wait than before, where the next answer was written meanwhile.
        let justTaken = max(0, waiting - bytes)
        note(bytes)
        (taken, look) = (taken + justTaken, look + 1)
        if justTaken == 0 && unsent.areTooMany || look == looks && taken < Self.least {
            return context.close(promise: nil)
        }
        if look == looks { (taken, look) = (0, 0) }
        lookLater(context)
    }

    private static func bytesWaiting(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
