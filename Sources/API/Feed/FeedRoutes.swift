internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func feed(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try FeedQuery(context.query, configuration.pageLimits, signer)
        let hasCurves = try context.query.boolean("curve") ?? false
        let page = try await reading.feed(query.filter, sort: query.sort, start: query.start, limit: query.limit)
        let curves = hasCurves ? try await reading.curves(of: page.posts.map(\.statusID)) : nil
        var writer = JSONWriter(capacity: 512 * (page.posts.count + 1))
        try writer.object { writer in
            writer.key("items")
            try writer.array { writer in
                for post in page.posts {
                    // Long texts take their time.
                    try Task.checkCancellation()
                    post.write(to: &writer, curve: curves.map { $0[post.statusID] ?? [] })
                }
            }
            writer.member("next_cursor", query.cursor.encode(page.next))
            writer.member("prev_cursor", query.cursor.encode(page.previous))
        }
        return Response(json: writer)
    }
}
