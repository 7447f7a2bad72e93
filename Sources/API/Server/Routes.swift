internal import HTTPTypes
internal import Hummingbird

/// One operation: what it answers to, and what answers.
struct Route: Sendable {
    var method: HTTPRequest.Method
    var template: String
    /// What stands before the template: operations of the API answer below `/api` too.
    var prefixes: [String] = ["", "/api"]
    /// The parameters of its query; another one is an error.
    var parameters: ParameterNames
    /// Whether it takes an ingest key.
    var needsKey: Bool
    /// How long it may wait for something to happen, beside the time that a request may take.
    var patience: Duration
    var caching: Caching
    var handle: @Sendable (Request, APIContext) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ template: String, prefixes: [String] = ["", "/api"], parameters: ParameterNames = [],
        needsKey: Bool = false, patience: Duration = .zero, caching: Caching = .content,
        _ handle: @escaping @Sendable (Request, APIContext) async throws -> Response
    ) {
        self.method = method
        self.template = template
        self.prefixes = prefixes
        self.parameters = parameters
        self.needsKey = needsKey
        self.patience = patience
        self.caching = caching
        self.handle = handle
    }

    /// What takes `GET` takes `HEAD`.
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

            Route(.get, "/v1/changes", parameters: ["after", "limit", "wait"], patience: .seconds(ChangesQuery.longestWait), changes),
            Route(.get, "/v1/stream", parameters: ["after"], stream),
            Route(.get, "/v1/feed", parameters: FeedQuery.parameters + ["curve"], caching: .archive, feed),
            Route(.get, "/v1/feed.csv", parameters: .filters + ["sort", "bom"], csv),
            Route(.get, "/v1/feed.ndjson", parameters: .filters + ["sort"], ndjson),
            Route(.get, "/v1/feed.atom", parameters: FeedQuery.parameters, caching: linksCaching, atom),
            Route(.get, "/v1/feed.rss", parameters: FeedQuery.parameters, caching: linksCaching, rss),
            Route(.get, "/v1/feed.json", parameters: FeedQuery.parameters, caching: linksCaching, jsonFeed),
            Route(.get, "/v1/posts/{statusId}", caching: .archive, post),
            Route(.get, "/v1/posts/{statusId}/provenance", caching: .archive, provenance),
            Route(.get, "/v1/watch-accounts", parameters: ["tier"], caching: .archive, watchAccounts),
            Route(.get, "/v1/stats/summary", caching: .archive, summary),
            Route(.get, "/v1/stats/timeline", parameters: .filters + ["bucket"], caching: .archive, timeline),
            Route(.get, "/v1/facets", parameters: .filters + ["top"], caching: .archive, facets),
            Route(.get, "/v1/runs", parameters: RunQuery.parameters, caching: .archive, runs),
            Route(.get, "/v1/freshness", freshness),

            Route(.post, "/v1/ingest/posts/batch", parameters: ["dry_run"], needsKey: true, ingestPosts),
            Route(.post, "/v1/ingest/metrics/batch", parameters: ["dry_run"], needsKey: true, ingestMetrics),
            Route(.post, "/v1/ingest/reports/batch", parameters: ["dry_run"], needsKey: true, ingestReports),
            Route(.post, "/v1/ingest/runs", parameters: ["dry_run"], needsKey: true, ingestRun),
            Route(.post, "/v1/ingest/watch-accounts/batch", parameters: ["dry_run", "retier"], needsKey: true, ingestWatchAccounts),
            Route(.post, "/v1/ingest/embeddings/batch", parameters: ["dry_run"], needsKey: true, ingestEmbeddings),
            Route(.get, "/v1/ingest/batches/{batchId}", needsKey: true, receipt),
        ]
    }

    /// The contract of an operation, without prefix, for comparing it with the document.
    public struct Operation: Hashable, Sendable {
        public var method, template: String
        /// The parameters of its query that may occur once, and those that may be repeated.
        public var single, repeatable: Set<String>
        public var needsKey: Bool

        public init(method: String, template: String, single: Set<String>, repeatable: Set<String>, needsKey: Bool) {
            self.method = method
            self.template = template
            self.single = single
            self.repeatable = repeatable
            self.needsKey = needsKey
        }
    }

    public var operations: [Operation] {
        routes.map { route in
            Operation(
                method: route.method.rawValue, template: route.template, single: route.parameters.single,
                repeatable: route.parameters.repeatable, needsKey: route.needsKey)
        }
    }

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

/// What the answers of an operation depend on, besides the address. It decides how a repeated request is answered with 304.
enum Caching: Sendable {
    /// On the archive alone. The answer stays the same while nothing is committed, so it need not be made again.
    case archive
    /// On the time, or on the caller. The answer is made every time and compared.
    case content
}
