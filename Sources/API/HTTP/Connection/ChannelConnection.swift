internal import Hummingbird
internal import NIOCore

/// The connection of a client to a socket of this server.
struct ChannelConnection: ClientConnection {
    let channel: any Channel

    var peerAddress: String? { channel.remoteAddress?.ipAddress ?? "" }

    func whenClosed(_ body: @escaping @Sendable () -> Void) { channel.closeFuture.whenComplete { _ in body() } }

    func close() { channel.close(promise: nil) }

    func askForBody() async throws { try await channel.triggerUserOutboundEvent(Expectation.BodyIsWanted()).get() }

    func setClosesWithClient(_ isOn: Bool) async throws { try await channel.setOption(.allowRemoteHalfClosure, value: !isOn).get() }

    /// Only who reads on learns that a client has gone. The body of the request has to be the channel's own.
    func watchClient<Value: Sendable>(
        of request: Request, _ disconnect: OneShotEvent, _ body: () async throws -> Value
    ) async throws -> Value {
        try await request.body.consumeWithInboundCloseHandler { _ in
            try await body()
        } onInboundClosed: {
            disconnect.happen()
        }
    }
}
