internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Answers requests that a gateway has read from its own socket, as `serve` answers those of its socket.
public struct DetachedResponder: Sendable {
    private let server: Server
    private let respond: @Sendable (Request, APIContext) async throws -> Response
    private static let logger = Logger(label: "xmonitor.http")

    public init(_ server: Server) {
        self.server = server
        let responder = server.makeResponder()
        respond = { try await responder.respond(to: $0, context: $1) }
    }

    /// - Parameters:
    ///   - target: path and query, escaped.
    ///   - headers: each name once.
    public func respond(
        method: String, target: String, headers: [(name: String, value: String)], body: [UInt8], on connection: DetachedConnection
    ) async -> DetachedAnswer {
        do {
            let head = try Self.head(method, target, headers)
            let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
            let context = APIContext(source: DetachedSource(connection, logger: Self.logger))
            return DetachedAnswer(try await respond(request, context), isHead: head.method == .head)
        } catch {
            let id = APIContext.randomRequestID()
            let problem = (error as? Problem) ?? Problem(.internalError, "Something went wrong inside the server.")
            if !(error is Problem) { server.observe(.fault(id: id, LoggedFault(error))) }
            return DetachedAnswer(refusal(problem, id, isHead: method == "HEAD"), isHead: method == "HEAD")
        }
    }

    /// Takes the place of an answer that the gateway would not take, for its size.
    public func tooLarge(_ answer: DetachedAnswer) -> DetachedAnswer {
        let place = server.configuration.publicURL.map { "at \($0), or ask" } ?? "in smaller parts:"
        return answer.replaced(
            by: Problem(
                .tooLargeHere,
                "This answer is larger than what this address can give. Ask for it \(place) for less, by a filter or a limit."))
    }

    /// Takes the place of an answer whose body broke off before anything of it was sent.
    public func brokenOff(_ answer: DetachedAnswer, by error: any Error) -> DetachedAnswer {
        server.observe(.fault(id: answer.requestID, "The answer broke off: \(error)"))
        return answer.replaced(by: Problem(.unavailable, "The answer broke off before its end; send the request again."))
    }

    /// The head, held to the rules for one that a socket brings.
    private static func head(
        _ method: String, _ target: String, _ headers: [(name: String, value: String)]
    ) throws(Problem) -> HTTPRequest {
        let known = NIOHTTP1.HTTPMethod(rawValue: method)
        if case .RAW = known { throw Problem(.malformedRequest, HTTPParserError.invalidMethod.words) }
        guard let name = HTTPRequest.Method(rawValue: method) else { throw Problem(.malformedRequest, HTTPParserError.invalidMethod.words) }
        let head = try RequestRules.check(
            HTTPRequestHead(version: .http1_1, method: known, uri: target, headers: HTTPHeaders(headers.map { ($0.name, $0.value) })))
        var fields = HTTPFields()
        for (name, value) in head.headers where name.lowercased() != "host" {
            guard let name = HTTPField.Name(name), HTTPField.isValidValue(value) else {
                throw Problem(.malformedRequest, HTTPParserError.invalidHeaderToken.words)
            }
            fields.append(HTTPField(name: name, value: value))
        }
        return HTTPRequest(method: name, scheme: "http", authority: head.headers.first(name: "host"), path: head.uri, headerFields: fields)
    }

    private func refusal(_ problem: Problem, _ id: String, isHead: Bool) -> Response {
        var response = problem.response(requestID: id)
        response.headers += server.securityHeaders.ofAnswers
        response.headers[.cacheControl] = "no-store"
        return isHead ? response.withoutBody() : response
    }
}
