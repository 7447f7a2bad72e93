internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

/// The feed tokens of a reader who signed in: each opens one view as a feed, for a program that cannot sign in.
extension Server {
    /// Good tokens of a reader, with those revoked in the last day: each is a row of the archive and an entry in memory.
    private static let maximumTokens = 50

    @Sendable func feedTokens(_ request: Request, _ context: APIContext) async throws -> Response {
        let tokens = try await keeping.feedTokens(of: Self.reader(context))
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("items")
            writer.array { writer in for token in tokens { writer.object { token.writeFeedToken(to: &$0) } } }
        }
        return Response(json: writer)
    }

    @Sendable func createFeedToken(_ request: Request, _ context: APIContext) async throws -> Response {
        let reader = try Self.reader(context)
        try SameOrigin.require(request, publicURL: configuration.publicURL)
        let wanted = try FeedTokenRequest(try await bodies.read(request, context).bytes)
        let secret = KeySecret(.feedToken)
        let token = NewAccessKey(
            prefix: secret.prefix, digest: secret.digest, name: wanted.name, scopes: [.feed], view: wanted.view.text, owner: reader,
            createdBy: reader)
        guard let made = try await keeping.createFeedToken(token, limit: Self.maximumTokens) else {
            throw Problem(
                .tooManyFeedTokens,
                "You have \(Self.maximumTokens) feed tokens, with those that were revoked in the last day, and no more fit. Revoke one that nothing uses, or come back tomorrow."
            )
        }
        // This copy of the server knows it then; others look it up when it comes.
        await refresher.refresh()
        var writer = JSONWriter()
        writer.object { writer in
            made.writeFeedToken(to: &writer)
            writer.member("token", secret.text)
        }
        var response = Response(json: writer, status: .created)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    @Sendable func revokeFeedToken(_ request: Request, _ context: APIContext) async throws -> Response {
        let reader = try Self.reader(context)
        try SameOrigin.require(request, publicURL: configuration.publicURL)
        guard let id = Int64(try context.pathParameter("tokenId")), try await keeping.revokeFeedToken(id, of: reader) else {
            throw Problem(.notFound, "You have no feed token with this number.")
        }
        await refresher.refresh()
        return Response(status: .noContent)
    }

    /// The e-mail address of the reader. A key has no tokens of its own.
    private static func reader(_ context: APIContext) throws(Problem) -> String {
        for principal in context.caller.principals where principal.may(.read) {
            if case .session(let email, _) = principal.identity { return email }
        }
        throw Problem(
            .forbidden,
            "Feed tokens belong to readers who sign in. For others the operator makes one with `xmonitor keys create --scopes feed`.")
    }
}

extension AccessKey {
    /// What its owner sees of it.
    fileprivate func writeFeedToken(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("prefix", prefix)
        writer.member("name", name)
        writer.member("view", view)
        writer.member("created_at", createdAt)
        writer.member("last_used_at", lastUsedAt)
    }
}
