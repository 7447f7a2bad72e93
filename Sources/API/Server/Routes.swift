public import Domain
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
    /// What a caller has to have, unless it is open to everybody; nil where everybody may.
    var scope: Scope?
    /// What it is counted as; nil where it is not.
    var rate: RateKind?
    /// How long it may wait for something to happen, beside the time that a request may take.
    var patience: Duration
    var caching: Caching
    var handle: @Sendable (Request, APIContext) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ template: String, _ scope: Scope?, prefixes: [String] = ["", "/api"],
        parameters: ParameterNames = [], rate: RateKind? = nil, patience: Duration = .zero, caching: Caching = .content,
        _ handle: @escaping @Sendable (Request, APIContext) async throws -> Response
    ) {
        self.method = method
        self.template = template
        self.prefixes = prefixes
        self.parameters = parameters
        self.scope = scope
        self.rate = rate ?? scope.map { $0 == .ingest ? .ingest : .reads }
        self.patience = patience
        self.caching = caching
        self.handle = handle
    }

    /// What takes `GET` takes `HEAD`.
    var methods: [HTTPRequest.Method] { method == .get ? [.get, .head] : [method] }
}

extension Server {
    /// What this server answers to.
    var routes: [Route] { allRoutes.filter { configuration.routes.includes($0.template) } }

    /// Every operation, in one column.
    private var allRoutes: [Route] {
        [
            Route(.get, "/v1/health", nil, health),
            Route(.get, "/health/live", nil, prefixes: [""], live),
            Route(.get, "/health/ready", nil, prefixes: [""], ready),
            Route(.get, "/v1/openapi.yaml", .read, openAPIAsYAML),
            Route(.get, "/v1/openapi.json", .read, openAPIAsJSON),

            Route(.get, "/v1/me", nil, rate: .reads, me),
            Route(.get, "/v1/auth/sign-in", nil, parameters: ["return"], rate: .signIn, beginSignIn),
            Route(.get, "/v1/auth/callback", nil, parameters: .ofSignIn, rate: .signIn, endSignIn),
            Route(.post, "/v1/auth/sign-out", nil, rate: .signIn, signOut),

            Route(.get, "/v1/changes", .read, parameters: ["after", "limit", "wait"], patience: configuration.maximumWait, changes),
            Route(.get, "/v1/stream", .read, parameters: ["after"], stream),
            Route(.get, "/v1/feed", .read, parameters: FeedQuery.parameters + ["curve"], caching: .archive, feed),
            Route(.get, "/v1/feed.csv", .read, parameters: .filters + ["sort", "bom"], rate: .downloads, csv),
            Route(.get, "/v1/feed.ndjson", .read, parameters: .filters + ["sort"], rate: .downloads, ndjson),
            Route(.get, "/v1/feed.atom", .feed, parameters: FeedQuery.parameters + ["token"], caching: linksCaching, atom),
            Route(.get, "/v1/feed.rss", .feed, parameters: FeedQuery.parameters + ["token"], caching: linksCaching, rss),
            Route(.get, "/v1/feed.json", .feed, parameters: FeedQuery.parameters + ["token"], caching: linksCaching, jsonFeed),
            Route(.get, "/v1/posts/{statusId}", .read, caching: .archive, post),
            Route(.get, "/v1/posts/{statusId}/provenance", .read, caching: .archive, provenance),
            Route(.get, "/v1/watch-accounts", .read, parameters: ["tier"], caching: .archive, watchAccounts),
            Route(.get, "/v1/stats/summary", .read, caching: .archive, summary),
            Route(.get, "/v1/stats/timeline", .read, parameters: .filters + ["bucket"], caching: .archive, timeline),
            Route(.get, "/v1/facets", .read, parameters: .filters + ["top"], caching: .archive, facets),
            Route(.get, "/v1/runs", .read, parameters: RunQuery.parameters, caching: .archive, runs),
            Route(.get, "/v1/freshness", .read, freshness),

            Route(.get, "/v1/me/feed-tokens", .read, caching: .content, feedTokens),
            Route(.post, "/v1/me/feed-tokens", .read, rate: .signIn, createFeedToken),
            Route(.delete, "/v1/me/feed-tokens/{tokenId}", .read, rate: .signIn, revokeFeedToken),

            Route(.post, "/v1/ingest/posts/batch", .ingest, parameters: ["dry_run"], ingestPosts),
            Route(.post, "/v1/ingest/metrics/batch", .ingest, parameters: ["dry_run"], ingestMetrics),
            Route(.post, "/v1/ingest/reports/batch", .ingest, parameters: ["dry_run"], ingestReports),
            Route(.post, "/v1/ingest/runs", .ingest, parameters: ["dry_run"], ingestRun),
            Route(.post, "/v1/ingest/watch-accounts/batch", .ingest, parameters: ["dry_run", "retier"], ingestWatchAccounts),
            Route(.post, "/v1/ingest/embeddings/batch", .ingest, parameters: ["dry_run"], ingestEmbeddings),
            Route(.get, "/v1/ingest/batches/{batchId}", .ingest, receipt),

            Route(.post, "/v1/ops/purge-handle", .ops, purgeHandle),
            Route(.get, "/v1/audit", .ops, parameters: AuditQuery.parameters, audit),
        ]
    }

    /// The contract of an operation, without prefix, for comparing it with the document.
    public struct Operation: Hashable, Sendable {
        public var method, template: String
        /// The parameters of its query that may occur once, and those that may be repeated.
        public var single, repeatable: Set<String>
        /// What a caller has to have; nil where everybody may.
        public var scope: Scope?

        public init(method: String, template: String, single: Set<String>, repeatable: Set<String>, scope: Scope?) {
            self.method = method
            self.template = template
            self.single = single
            self.repeatable = repeatable
            self.scope = scope
        }
    }

    public var operations: [Operation] {
        routes.map { route in
            Operation(
                method: route.method.rawValue, template: route.template, single: route.parameters.single,
                repeatable: route.parameters.repeatable, scope: route.scope)
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

/// The operations of a server.
public enum RouteSet: Sendable {
    case all
    /// Those of the sign-in, which ask nothing of the archive.
    case signIn

    func includes(_ template: String) -> Bool { self == .all || template.hasPrefix("/v1/auth/") }
}
