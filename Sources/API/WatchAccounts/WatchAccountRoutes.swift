internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func watchAccounts(_ request: Request, _ context: APIContext) async throws -> Response {
        let tier = try context.query.text("tier").map { text in
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
