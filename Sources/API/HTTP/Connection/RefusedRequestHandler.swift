internal import Domain
internal import HTTPTypes
internal import JSON
internal import NIOCore
internal import NIOHTTP1

/// Answers malformed requests and surplus connections with a problem document, once the requests before it have their answers. The next
/// request may begin anywhere then, so the connection is closed.
final class RefusedRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The permit of this connection, given back when the connection is gone, or why it has none.
    private let permit: Result<Connections.Permit, any Error>
    /// What every answer has, beside what is said in it.
    private let headers: HTTPHeaders
    /// Requests that were read and have no answer yet.
    private var unanswered = 0
    private var isReading = false
    /// What is wrong, and whether a body may go with the answer.
    private var refusal: (problem: Problem, hasBody: Bool)?

    init(permit: Result<Connections.Permit, any Error>, headers: HTTPHeaders) {
        self.permit = permit
        self.headers = headers
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard refusal == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            do {
                _ = try permit.get()
                let head = try RequestRules.check(head)
                (unanswered, isReading) = (unanswered + 1, true)
                context.fireChannelRead(wrapInboundOut(.head(head)))
            } catch {
                guard let problem = error as? Problem else { return context.fireErrorCaught(error) }
                refuse(problem, hasBody: head.method != .HEAD, context)
            }
        case .body: context.fireChannelRead(data)
        case .end:
            isReading = false
            context.fireChannelRead(data)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        context.write(data, promise: promise)
        guard case .end = unwrapOutboundIn(data) else { return }
        unanswered -= 1
        answerWhenDue(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HeadTooSlow {
            return refuse(
                Problem(.requestTimeout, "The head of this request did not come in time. Send it at once."), hasBody: true, context)
        }
        // The reader of the body gets the error.
        guard let error = error as? HTTPParserError, !isReading else { return context.fireErrorCaught(error) }
        refuse(Problem(.malformedRequest, error.words), hasBody: true, context)
    }

    private func refuse(_ problem: Problem, hasBody: Bool, _ context: ChannelHandlerContext) {
        guard refusal == nil else { return }
        refusal = (problem, hasBody)
        answerWhenDue(context)
    }

    private func answerWhenDue(_ context: ChannelHandlerContext) {
        guard unanswered == 0, let (problem, hasBody) = refusal else { return }
        var writer = JSONWriter()
        writer.object { writer in problem.write(to: &writer, requestID: APIContext.randomRequestID()) }
        var headers = headers
        headers.add(contentsOf: [
            "content-type": "application/problem+json", "content-length": "\(writer.bytes.count)", "connection": "close",
            "cache-control": "no-store", "date": HTTPDate.now,
        ])
        if problem.code == .tooManyConnections { headers.add(name: "retry-after", value: "5") }
        let status = HTTPResponseStatus(statusCode: problem.code.status.code)
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        if hasBody { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: writer.bytes)))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

extension HTTPParserError {
    /// What is wrong, as far as the parser tells.
    var words: String {
        switch self {
        case .headerOverflow: "The address and the headers of a request may have 80 KB together."
        case .invalidMethod:
            "This is no request of HTTP/1.1: it does not begin with the name of a method that is known here, such as GET or POST, in capitals."
        case .invalidURL: "The address of this request has a sign that an address cannot have there."
        case .invalidConstant:
            "The first line of a request is a method, an address without spaces, and HTTP/1.1; that of this one is not."
        case .invalidVersion: "The first line of a request ends with HTTP/1.1 or HTTP/1.0, then CR and LF; that of this one does not."
        case .invalidHeaderToken:
            "A header of this request is malformed: each is a name, right behind it a colon, and a value of visible text."
        case .invalidContentLength:
            "The Content-Length of this request is no number of bytes that a body can have, or stands beside a Transfer-Encoding."
        case .unexpectedContentLength:
            "This request tells the length of its body twice: it may have one Content-Length, or a Transfer-Encoding."
        case .lfExpected: "A line in the head of this request ends with CR alone; each ends with CR and LF."
        case .invalidEOFState: "This request ends before it is whole."
        default: "This cannot be read as a request of HTTP/1.1."
        }
    }
}
