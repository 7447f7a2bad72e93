internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func post(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.pathParameter("statusId")
        guard let detail = try await reading.post(id) else { throw Problem(.notFound, "There is no post with this status_id.") }
        var writer = JSONWriter(capacity: 4_096)
        writer.object { writer in
            writer.key("post")
            detail.writePost(to: &writer)
            writer.key("snapshots")
            writer.array { writer in for snapshot in detail.snapshots { snapshot.write(to: &writer) } }
            writer.member("partial", detail.isPartial)
            writer.key("report")
            if let report = detail.report { report.write(to: &writer) } else { writer.null() }
        }
        return Response(json: writer)
    }
}
