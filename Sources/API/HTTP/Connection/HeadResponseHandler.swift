internal import NIOCore
internal import NIOHTTP1

/// Answers `HEAD` with headers and nothing else. NIO does not know the method when it writes an answer, and would send the end of a
/// body of unknown length, which the caller would take for the beginning of the next answer.
final class HeadResponseHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Of the requests that have no answer yet, whether they are `HEAD`.
    private var isHead = CircularBuffer<Bool>()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let request) = unwrapInboundIn(data) { isHead.append(request.method == .HEAD) }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data), isHead.popFirst() == true else { return context.write(data, promise: promise) }
        // Still written, so that its promise tells when the headers have gone out.
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))), promise: promise)
    }
}
