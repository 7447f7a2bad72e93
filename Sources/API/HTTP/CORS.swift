internal import HTTPTypes
internal import Hummingbird

/// Which pages of other origins may read the API in a browser (CORS, WHATWG Fetch). They read it as anybody may, without credentials;
/// ingest is not for browsers.
struct CrossOrigin: Sendable {
    /// As browsers send them: scheme, host, and the port where it is not the usual one.
    let origins: Set<String>

    /// The answer to a browser that asks before it asks (a preflight); nil when the request is none, or may not.
    func preflight(_ request: Request, allowed methods: [String]) -> Response? {
        guard request.method == .options, admits(request), let method = request.headers[.accessControlRequestMethod],
            methods.contains("GET"), methods.contains(method)
        else { return nil }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, HEAD", .accessControlAllowHeaders: "If-None-Match, Last-Event-ID, x-request-id",
                .accessControlMaxAge: "86400", .vary: "Access-Control-Request-Method, Access-Control-Request-Headers",
            ])
    }

    /// Lets the page see the answer, errors too.
    func admit(_ request: Request, to response: inout Response) {
        guard !origins.isEmpty, Self.isForReaders(request) else { return }
        response.headers[values: .vary].append("Origin")
        guard admits(request) else { return }
        response.headers[.accessControlAllowOrigin] = request.headers[.origin]
        response.headers[.accessControlExposeHeaders] = "ETag, Retry-After, x-request-id"
    }

    private func admits(_ request: Request) -> Bool {
        Self.isForReaders(request) && request.headers[.origin].map(origins.contains) == true
    }

    private static func isForReaders(_ request: Request) -> Bool {
        let path = request.uri.path.trimmingPrefix("/api")
        return path.hasPrefix("/v1/") && !path.hasPrefix("/v1/ingest/")
    }
}
