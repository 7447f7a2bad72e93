internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Any view of the posts for programs that subscribe to it.
extension Server {
    @Sendable func atom(_ request: Request, _ context: APIContext) async throws -> Response {
        try await syndicate(request, context, suffix: "atom", type: AtomFeed.type, AtomFeed.write)
    }

    @Sendable func rss(_ request: Request, _ context: APIContext) async throws -> Response {
        try await syndicate(request, context, suffix: "rss", type: RSSFeed.type, RSSFeed.write)
    }

    @Sendable func jsonFeed(_ request: Request, _ context: APIContext) async throws -> Response {
        try await syndicate(request, context, suffix: "json", type: JSONFeed.type, JSONFeed.write)
    }

    /// Without an address of its own the server writes links as each request has it.
    var linksCaching: Caching { configuration.publicURL == nil ? .content : .archive }

    private func syndicate(
        _ request: Request, _ context: APIContext, suffix: String, type: String, _ write: (SyndicationFeed) throws -> [UInt8]
    ) async throws -> Response {
        let feed = try await syndicationFeed(request, context)
        return Response(
            status: .ok, headers: [.contentType: type, .contentDisposition: "inline; filename=\"\(feed.name.file(suffix))\""],
            body: .init(byteBuffer: ByteBuffer(bytes: try write(feed))))
    }

    /// The view that `request` asks for. A token in its address is in the links of the feed too.
    private func syndicationFeed(_ request: Request, _ context: APIContext) async throws -> SyndicationFeed {
        let parameters = try Self.view(context)
        let query = try FeedQuery(parameters, configuration.pageLimits, signer)
        let address = try PublicAddress(request, context.query, publicURL: configuration.publicURL)
        let page = try await filledPage(query)
        let view = parameters.query(leavingOut: "cursor", "limit")
        let home = address.base + "/" + (view.isEmpty ? "" : "?" + view.joined(separator: "&"))
        func link(_ start: FeedStart?) -> String? { query.cursor.encode(start).map { address.link(cursor: $0) } }
        return SyndicationFeed(
            id: (["tag:xmonitor,2026:feed"] + view).joined(separator: "/"),
            name: ViewName(parameters), home: home, own: address.own, first: address.link(cursor: nil),
            next: link(page.next), previous: link(page.previous), entries: page.posts.map { FeedEntry($0, base: address.base) })
    }

    /// What is to be shown: what was asked for, or the view of a feed token, and nothing else.
    private static func view(_ context: APIContext) throws(Problem) -> QueryParameters {
        guard let view = context.principal.view else { return context.query }
        if let other = context.query.names.subtracting(["token", "cursor"]).min() {
            throw Problem(.invalidParameter, "A feed token shows its own view: \(other) cannot stand beside it.", parameter: other)
        }
        do throws(FeedView.Malformed) {
            return try FeedView(view).parameters.taking("cursor", from: context.query)
        } catch {
            throw Problem(.invalidParameter, "The view of this token is not understood any more; make a token anew.", parameter: "token")
        }
    }

    /// The page that `query` asks for. One that came back short though the view goes on is filled from the pages behind it, because a
    /// program that subscribes to a view looks at its first page alone.
    private func filledPage(_ query: FeedQuery) async throws -> FeedPage {
        var page = try await reading.feed(query.filter, sort: query.sort, start: query.start, limit: query.limit)
        let isBackward = if case .before = query.start { true } else { false }
        for _ in 1..<Self.maxPages {
            let missing = query.limit - page.posts.count
            guard missing > 0, !page.isFull, let start = isBackward ? page.previous : page.next else { break }
            let more = try await reading.feed(query.filter, sort: query.sort, start: start, limit: missing)
            if isBackward {
                page = FeedPage(posts: more.posts + page.posts, next: page.next, previous: more.previous, isFull: more.isFull)
            } else {
                page = FeedPage(posts: page.posts + more.posts, next: more.next, previous: page.previous, isFull: more.isFull)
            }
        }
        return page
    }

    /// Pages that are put together to one, at most. A page looks at 10,000 posts at least before it comes back short.
    private static var maxPages: Int { 10 }
}
