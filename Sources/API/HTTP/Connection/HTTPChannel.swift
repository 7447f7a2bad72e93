internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

/// One connection, from bytes to requests: what the rules of HTTP/1.1 ask of a server stands in handlers of its pipeline.
struct HTTPChannel: HTTPChannelHandler {
    let responder: HTTPChannelHandler.Responder
    let connections: Connections
    /// What answers have that are made here, beside what is said in them.
    let refusalHeaders: HTTPHeaders

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>> {
        channel.eventLoop.makeCompletedFuture {
            let permit = Result { try connections.permit(for: channel.remoteAddress) }
            let isRefused = (try? permit.get()) == nil
            let refusalPermit = isRefused ? connections.refusalPermit() : nil
            // Without a place to be told why, it is closed as soon as it is set up.
            if isRefused, refusalPermit == nil { channel.eventLoop.execute { channel.close(promise: nil) } }
            let headTimeout = HeadTimeout(connections.headPatience)
            try channel.syncOptions?.setOption(Self.mostUnsent, value: ReaderProgress.mostUnsent)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ReaderProgress(patience: connections.readerPatience, unsent: connections.unsent))
            try pipeline.addHandler(headTimeout)
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: Self.limits)
            try pipeline.addHandlers([
                HeadResponseHandler(), Persistence(),
                IdleTimeout(isRefused ? Self.timeWithoutPermit : Self.idleTimeout, headTimeout),
                RefusedRequestHandler(permit: permit, headers: refusalHeaders), Expectation(),
                HTTP1ToHTTPServerCodec(secure: false),
            ])
            let connection = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
            // A connection that comes while the server stops is handled by nobody, and NIO ends the program when a writer that is not
            // finished is let go: closing the channel finishes it.
            channel.closeFuture.whenComplete { _ in withExtendedLifetime((connection, refusalPermit)) {} }
            return connection
        }
    }

    func handle(value: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    #if os(Linux)
        private static let mostUnsent = ChannelOptions.tcpOption(.init(rawValue: 25))  // TCP_NOTSENT_LOWAT, which Glibc does not export
    #else
        private static let mostUnsent = ChannelOptions.tcpOption(.init(rawValue: 0x201))
    #endif

    /// How long a connection may stay without a request under way.
    private static let idleTimeout = TimeAmount.seconds(75)

    /// How long a client for whom there is no place may take to ask.
    private static let timeWithoutPermit = TimeAmount.seconds(2)

    /// What the head of a request, and the trailers of its body, may measure.
    private static var limits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 80 << 10
        limits.maxHeaderListSize = 80 << 10
        limits.maxHeaderFieldCount = 1_000
        return limits
    }
}
