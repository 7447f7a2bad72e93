internal import Domain

/// A view of the posts as a feed: what Atom, RSS and JSON Feed say of it.
struct SyndicationFeed {
    /// The same for all of its pages and at every address of the archive (RFC 4151).
    var id: String
    var name: ViewName
    /// The same view on the page for people.
    var home: String
    /// This page, the first one, and where the view goes on (RFC 5005).
    var own, first: String
    var next, previous: String?
    var entries: [FeedEntry]

    static let description = "Posts from X that a team watches"

    /// The time of the newest entry. It stands still as long as the entries do.
    var updated: Timestamp? { entries.map(\.updated).max() }
}
