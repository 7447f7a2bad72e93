internal import HTTPTypes
internal import Hummingbird

/// One operation: what it answers to, and what answers.
struct Route: Sendable {
    var method: HTTPRequest.Method
    var template: String
    /// What stands before the template: operations of the API answer below `/api` too.
    var prefixes: [String] = ["", "/api"]
    /// How long it may wait for something to happen, beside the time that a request may take.
    var patience: Duration
    var caching: Caching
    var handle: @Sendable (Request, APIContext) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ template: String, prefixes: [String] = ["", "/api"], patience: Duration = .zero,
        caching: Caching = .content,
        _ handle: @escaping @Sendable (Request, APIContext) async throws -> Response
    ) {
        self.method = method
        self.template = template
        self.prefixes = prefixes
        self.patience = patience
        self.caching = caching
        self.handle = handle
    }

    /// Whoever may `GET` may ask for the headers alone.
    var methods: [HTTPRequest.Method] { method == .get ? [.get, .head] : [method] }
}

extension Server {
    /// Every operation, in one column.
    var routes: [Route] {
        [
            Route(.get, "/v1/health", health),
            Route(.get, "/health/live", prefixes: [""], live),
            Route(.get, "/health/ready", prefixes: [""], ready),
            Route(.get, "/v1/openapi.yaml", openAPIAsYAML),
            Route(.get, "/v1/openapi.json", openAPIAsJSON),

            Route(.get, "/v1/changes", patience: .seconds(ChangesQuery.longestWait), changes),
            Route(.get, "/v1/stream", stream),
            Route(.get, "/v1/feed", caching: .archive, feed),
            Route(.get, "/v1/feed.csv", csv),
            Route(.get, "/v1/feed.ndjson", ndjson),
            Route(.get, "/v1/feed.atom", caching: linksCaching, atom),
            Route(.get, "/v1/feed.rss", caching: linksCaching, rss),
            Route(.get, "/v1/feed.json", caching: linksCaching, jsonFeed),
            Route(.get, "/v1/posts/{statusId}", caching: .archive, post),
            Route(.get, "/v1/posts/{statusId}/provenance", caching: .archive, provenance),
            Route(.get, "/v1/watch-accounts", caching: .archive, watchAccounts),
            Route(.get, "/v1/stats/summary", caching: .archive, summary),
            Route(.get, "/v1/stats/timeline", caching: .archive, timeline),
            Route(.get, "/v1/facets", caching: .archive, facets),
            Route(.get, "/v1/runs", caching: .archive, runs),
            Route(.get, "/v1/freshness", freshness),

            Route(.post, "/v1/ingest/posts/batch", ingestPosts),
            Route(.post, "/v1/ingest/metrics/batch", ingestMetrics),
            Route(.post, "/v1/ingest/reports/batch", ingestReports),
            Route(.post, "/v1/ingest/runs", ingestRun),
            Route(.post, "/v1/ingest/watch-accounts/batch", ingestWatchAccounts),
            Route(.post, "/v1/ingest/embeddings/batch", ingestEmbeddings),
            Route(.get, "/v1/ingest/batches/{batchId}", receipt),
        ]
    }

    /// The methods and templates of the API, without prefix; for comparing them with the document.
    public var operations: [(method: String, template: String)] { routes.map { ($0.method.rawValue, $0.template) } }

    /// The methods that `path` allows, empty when there is nothing at it.
    func allowedMethods(at path: String) -> [String] {
        let segments = path.split(separator: "/")
        return routes.flatMap { route in
            route.prefixes.filter { prefix in
                let template = (prefix + route.template).split(separator: "/")
                return template.count == segments.count && zip(template, segments).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
            }.flatMap { _ in route.methods.map(\.rawValue) }
        }
    }
}

/// What the answers of an operation depend on, besides the address: how a repeated question is answered with 304.
enum Caching: Sendable {
    /// On the archive and nothing else. While nothing was committed, the answer is the same, and need not be made again to know it.
    case archive
    /// On the time, or on who asks. The answer is made every time and compared.
    case content
}
