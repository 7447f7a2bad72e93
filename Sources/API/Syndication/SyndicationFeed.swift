internal import Domain
internal import Hummingbird

/// A view of the posts as a feed: what Atom, RSS and JSON Feed say of it.
struct SyndicationFeed {
    /// The same for all of its pages and at every address of the archive (RFC 4151).
    var id: String
    var name: ViewName
    /// The page of the archive for people.
    var home: String
    /// This page, the first one, and where the view goes on (RFC 5005).
    var own, first: String
    var next, previous: String?
    var entries: [FeedEntry]

    static let description = "Posts from X that a team watches"

    /// The time of the newest entry. It stands still as long as the entries do.
    var updated: Timestamp? { entries.map(\.updated).max() }
}

extension Server {
    /// The view that `request` asks for.
    func subscription(_ request: Request) async throws -> SyndicationFeed {
        let query = try FeedQuery(request, self)
        let address = try PublicAddress(request, query.parameters, publicURL: configuration.publicURL)
        let page = try await filledPage(query)
        let parts = ["tag:xmonitor,2026:feed"] + query.parameters.query(leavingOut: "cursor", "limit")
        func link(_ start: FeedStart?) -> String? { cursors.encode(start, query.filter, query.sort).map { address.link(cursor: $0) } }
        return SyndicationFeed(
            id: parts.joined(separator: "/"),
            name: ViewName(query.parameters), home: address.base + "/", own: address.own, first: address.link(cursor: nil),
            next: link(page.next), previous: link(page.previous), entries: page.posts.map(FeedEntry.init))
    }

    /// The page that `query` asks for. One that came back short though the view goes on is filled from the pages behind it, because a
    /// program that subscribes to a view looks at its first page alone.
    private func filledPage(_ query: FeedQuery) async throws -> FeedPage {
        var page = try await reading.feed(query.filter, sort: query.sort, start: query.start, limit: query.limit)
        let isBackward = if case .before = query.start { true } else { false }
        for _ in 1..<Self.mostPages {
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

    /// Most pages that are put together to one. A page looks at 10,000 posts at least before it comes back short.
    private static var mostPages: Int { 10 }
}
