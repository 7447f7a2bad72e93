internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func runs(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try RunQuery(context.query, configuration.pageLimits, signer)
        let page = try await reading.runs(query.filter, after: query.position, limit: query.limit)
        var writer = JSONWriter(capacity: 256 * (page.runs.count + 1))
        writer.object { writer in
            writer.key("items")
            writer.array { writer in for run in page.runs { run.write(to: &writer) } }
            writer.member("next_cursor", page.next.map(query.cursor.encode))
        }
        return Response(json: writer)
    }
}

extension PipelineRun {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("run_at", runAt)
            writer.member("mode", mode.rawValue)
            writer.member("source", source)
            writer.member("fetched_count", fetchedCount)
            writer.member("significant_count", significantCount)
            writer.member("reported_count", reportedCount)
            writer.member("note", note)
        }
    }
}
