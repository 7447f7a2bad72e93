internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func audit(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try AuditQuery(context.query, configuration.pageLimits, signer)
        let page = try await auditing.audit(since: query.since, after: query.position, limit: query.limit)
        var writer = JSONWriter(capacity: 256 * (page.entries.count + 1))
        writer.object { writer in
            writer.key("items")
            writer.array { writer in for entry in page.entries { entry.write(to: &writer) } }
            writer.member("next_cursor", page.next.map(query.cursor))
        }
        return Response(json: writer)
    }
}
