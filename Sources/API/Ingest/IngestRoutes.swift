internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func ingestPosts(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, context, PostObservation.init) { try await writing.ingest(posts: $0, rejected: $1, $2) }
    }

    @Sendable func ingestMetrics(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, context, MetricsSnapshot.init) { try await writing.ingest(metrics: $0, rejected: $1, $2) }
    }

    @Sendable func ingestReports(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, context, ReportUpsert.init) { try await writing.ingest(reports: $0, rejected: $1, $2) }
    }

    @Sendable func ingestEmbeddings(_ request: Request, _ context: APIContext) async throws -> Response {
        try await ingest(request, context, EmbeddingUpsert.init) { try await writing.ingest(embeddings: $0, rejected: $1, $2) }
    }

    @Sendable func ingestWatchAccounts(_ request: Request, _ context: APIContext) async throws -> Response {
        let retier = try context.query.boolean("retier") ?? false
        return try await ingest(request, context, WatchAccountUpsert.init) {
            try await writing.ingest(watchAccounts: $0, retier: retier, rejected: $1, $2)
        }
    }

    /// The body is the run itself.
    @Sendable func ingestRun(_ request: Request, _ context: APIContext) async throws -> Response {
        let sent = try await IngestRequest(request, context, bodies)
        let batch = IngestBatch([sent.body], PipelineRunUpsert.init)
        return Self.response(context, batch, try await writing.ingest(run: batch.good.first, rejected: batch.rejected, sent.origin))
    }

    private func ingest<Item: Sendable>(
        _ request: Request, _ context: APIContext, _ read: (inout ItemReader) -> Item?,
        _ write: ([Item], _ rejected: Int, BatchOrigin) async throws -> BatchResult
    ) async throws -> Response {
        let sent = try await IngestRequest(request, context, bodies)
        guard case .object(let body) = sent.body, case .array(let items)? = body["items"] else {
            throw Problem(.invalidBody, "The body has to be an object with an array named items.", pointer: "/items")
        }
        guard items.count <= configuration.maximumItems else {
            throw Problem(
                .tooManyItems, "A batch may have \(configuration.maximumItems) items at most; this one has \(items.count).",
                pointer: "/items")
        }
        let batch = IngestBatch(items, ignored: body.members.map(\.name).filter { $0 != "items" }, read)
        return Self.response(context, batch, try await write(batch.good, batch.rejected, sent.origin))
    }

    private static func response(_ context: APIContext, _ batch: IngestBatch<some Any>, _ result: BatchResult) -> Response {
        context.notes.note(batch: result.batchID)
        var writer = JSONWriter()
        batch.answer(result).write(to: &writer)
        return Response(json: writer)
    }
}
