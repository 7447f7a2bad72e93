internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func feed(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try FeedQuery(request, self, allowing: ["curve"])
        let hasCurves = try query.parameters.boolean("curve") ?? false
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
            writer.member("next_cursor", cursors.encode(page.next, query.filter, query.sort))
            writer.member("prev_cursor", cursors.encode(page.previous, query.filter, query.sort))
        }
        return Response(json: writer)
    }

    @Sendable func post(_ request: Request, _ context: APIContext) async throws -> Response {
        _ = try QueryParameters(request, allowed: [])
        let id = try PercentEncoding.decode(request.uri.path.split(separator: "/").last ?? "", plusIsSpace: false)
        guard let detail = try await reading.post(id) else { throw Problem(.notFound, "There is no post with this status_id.") }
        var writer = JSONWriter(capacity: 4_096)
        writer.object { writer in
            writer.key("post")
            detail.post.writeDetail(to: &writer)
            writer.key("snapshots")
            writer.array { writer in for snapshot in detail.snapshots { snapshot.write(to: &writer) } }
            writer.member("partial", detail.isPartial)
            writer.key("report")
            if let report = detail.report { report.write(to: &writer) } else { writer.null() }
        }
        return Response(json: writer)
    }

    @Sendable func watchAccounts(_ request: Request, _ context: APIContext) async throws -> Response {
        let parameters = try QueryParameters(request, allowed: ["tier"])
        let tier = try parameters.text("tier").map { text in
            guard let tier = WatchTier(rawValue: text) else {
                throw Problem(.invalidParameter, "tier is teammate, influencer or ecosystem.", parameter: "tier")
            }
            return tier
        }
        let accounts = try await reading.watchAccounts(tier: tier)
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("items")
            writer.array { writer in
                for account in accounts {
                    writer.object { writer in
                        writer.member("handle", account.handle)
                        writer.member("tier", account.tier.rawValue)
                        writer.member("note", account.note)
                        writer.member("added_at", account.addedAt)
                        writer.member("posts", account.posts)
                        writer.member("last_post_at", account.lastPostAt)
                    }
                }
            }
        }
        return Response(json: writer)
    }
}
