internal import Domain
internal import Hummingbird

extension Server {
    @Sendable func ingestPosts(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, PostState.init) { posts, dryRun in try await writing.ingest(posts: posts, dryRun: dryRun) }
    }

    @Sendable func ingestMetrics(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, MetricsSnapshot.init) { metrics, dryRun in try await writing.ingest(metrics: metrics, dryRun: dryRun) }
    }

    @Sendable func ingestReports(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, ReportUpsert.init) { reports, dryRun in try await writing.ingest(reports: reports, dryRun: dryRun) }
    }

    @Sendable func ingestWatchAccounts(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, WatchAccountUpsert.init) { accounts, dryRun in
            try await writing.ingest(watchAccounts: accounts, dryRun: dryRun)
        }
    }

    @Sendable func ingestEmbeddings(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, EmbeddingUpsert.init) { embeddings, dryRun in
            try await writing.ingest(embeddings: embeddings, dryRun: dryRun)
        }
    }

    /// The body is the run itself.
    @Sendable func ingestRun(_ request: Request, _ context: APIContext) async throws -> Response {
        try authorisation.check(request)
        let dryRun = try Self.dryRun(request)
        let batch = Batch([try await json(request)], PipelineRunUpsert.init)
        var outcomes: [IngestOutcome] = []
        for run in batch.good { outcomes.append(try await writing.ingest(run: run, dryRun: dryRun)) }
        return Self.response(batch.answer(outcomes))
    }

    private func ingest<Item: Sendable>(
        _ request: Request, _ read: (inout ItemReader) throws(ItemFault) -> Item, _ write: ([Item], Bool) async throws -> [IngestOutcome]
    ) async throws -> Response {
        try authorisation.check(request)
        let dryRun = try Self.dryRun(request)
        guard case .object(let body) = try await json(request), case .array(let items)? = body["items"] else {
            throw Problem(.invalidBody, "The body has to be an object with an array named items.", pointer: "/items")
        }
        guard items.count <= configuration.maximumItems else {
            throw Problem(
                .tooManyItems, "A batch may have \(configuration.maximumItems) items at most; this one has \(items.count).",
                pointer: "/items")
        }
        let batch = Batch(items, read)
        let outcomes = batch.good.isEmpty ? [] : try await write(batch.good, dryRun)
        return Self.response(batch.answer(outcomes))
    }

    private static func dryRun(_ request: Request) throws -> Bool {
        try QueryParameters(request, allowed: ["dry_run"]).boolean("dry_run") ?? false
    }

    private static func response(_ answer: BatchAnswer) -> Response {
        var writer = JSONWriter()
        answer.write(to: &writer)
        return Response(json: writer)
    }
}
