internal import Domain
internal import HTTPTypes
internal import Hummingbird

/// What surrounds every request: its id, the one shape of errors, compression, the headers of every answer, its event.
struct EdgeMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let server: Server
    /// What each template of a route needs. Routes of one template need the same.
    let scopes: [String: Scope?]

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        var context = context
        context.requestID = Self.requestID(request)
        let scope = context.route.flatMap { scopes[$0] ?? nil }
        (context.caller, context.authorisation) = await server.admission(of: request, for: scope)
        var response = await answer(request, context, next)
        keep(context, response)
        server.crossOrigin.admit(request, to: &response)
        response.headers[.requestID] = context.requestID
        if !response.headers.contains(.contentSecurityPolicy) { response.headers += server.securityHeaders.ofAnswers }
        if response.headers[.cacheControl] == nil {
            response.headers[.cacheControl] = request.method == .post || response.status.code >= 400 ? "no-store" : "no-cache"
        }
        if request.method == .head { response = response.withoutBody() }
        server.observe(
            .request(
                AnsweredRequest(
                    id: context.requestID, method: request.method.rawValue, route: context.route ?? server.web?.file(of: request),
                    status: response.status.code, duration: clock.now - start, principal: name(context),
                    client: server.clientAddress.of(request, from: context.connection.peerAddress), batchID: context.notes.batchID)))
        return response
    }

    /// Tells the log of refusals, and the journal of them and of the session.
    private func keep(_ context: APIContext, _ response: Response) {
        var refusals = context.caller.refusals
        if refusals.isEmpty, response.status == .unauthorized { refusals = [AccessRefusal(code: "no_credential")] }
        if refusals.isEmpty, response.status == .forbidden {
            refusals = [AccessRefusal(code: "not_allowed", subject: name(context))]
        }
        for refusal in refusals { server.note(refusal, context) }
        server.noteUse(of: context.caller.principals)
    }

    /// In whose name it went on, or was refused; nil for nobody's.
    private func name(_ context: APIContext) -> String? {
        let principal = (try? context.authorisation.get()) ?? context.caller.principals.first ?? .nobody
        return principal.identity == .nobody ? nil : principal.logName
    }

    private func answer(
        _ request: Request, _ context: APIContext, _ next: (Request, APIContext) async throws -> Response
    ) async -> Response {
        do {
            try PercentEncoding.check(request.uri.string)
            try Expectation.check(request)
            return try await Compression.apply(to: next(request, context), for: request)
        } catch {
            return failure(error, request, context)
        }
    }

    private func failure(_ error: any Error, _ request: Request, _ context: APIContext) -> Response {
        switch error {
        case let problem as Problem: return self.response(problem, request, context)
        case let error as ArchiveError:
            server.observe(.fault(id: context.requestID, LoggedFault(error)))
            return self.response(Problem(error), request, context)
        case let error as HTTPError where error.status == .notFound: return nothingThere(request, context)
        default:
            server.observe(.fault(id: context.requestID, LoggedFault(error)))
            return Problem(ArchiveError.fault("")).response(requestID: context.requestID)
        }
    }

    private func response(_ problem: Problem, _ request: Request, _ context: APIContext) -> Response {
        let isBatch = request.method == .post && context.endpointPath?.contains("/v1/ingest/") == true
        return (isBatch ? problem.ofBatch : problem).response(requestID: context.requestID)
    }

    /// No route matched: a file of the web feed, another method's address, or nothing.
    private func nothingThere(_ request: Request, _ context: APIContext) -> Response {
        // The server as a whole is asked (RFC 9110, section 9.3.7).
        if request.head.path == "*" { return Response(status: .noContent, headers: [.allow: "GET, HEAD, POST, DELETE"]) }
        let path = request.uri.path
        let allowed = server.allowedMethods(at: path)
        if let permission = server.crossOrigin.preflight(request, allowed: allowed) { return permission }
        guard allowed.isEmpty else {
            var response = Problem(.methodNotAllowed, "\(path) takes \(allowed.joined(separator: ", ")).").response(
                requestID: context.requestID)
            response.headers[.allow] = allowed.joined(separator: ", ")
            return response
        }
        if var file = server.web?.response(request) ?? server.web?.wayOn(request) {
            file.headers += server.securityHeaders.ofFiles
            return file
        }
        return Problem(.notFound, "There is nothing at this address. The API is described at /v1/openapi.yaml.")
            .response(requestID: context.requestID)
    }

    /// The caller's id when it is a sane one, else a random one.
    private static func requestID(_ request: Request) -> String {
        if let given = request.headers[.requestID], (8...64).contains(given.utf8.count),
            given.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || Character(Unicode.Scalar($0)).isASCIIWord })
        {
            return given
        }
        return APIContext.randomRequestID()
    }
}

extension Character {
    fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}
