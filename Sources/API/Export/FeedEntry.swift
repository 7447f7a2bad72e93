internal import Domain

/// A post as an entry of a feed: what Atom, RSS and JSON Feed have in common. Everything in it is text, never markup.
struct FeedEntry {
    /// The same at every address of the archive and at all times (RFC 4151).
    var id: String
    var title: String
    var text: String
    /// Why it matters.
    var reason: String?
    /// The post at X; nil when its address is no address of a web page.
    var link: String?
    var author: String
    /// The true time of posting, or that of discovery where it is unknown.
    var published: Timestamp
    /// The time of discovery.
    var updated: Timestamp
    var tags: [String]

    init(_ post: Post) {
        id = "tag:xmonitor,2026:posts/" + PercentEncoding.encode(post.statusID)
        text = post.bodyText ?? ""
        title = Self.title(text) ?? "A post by @\(post.authorHandle)"
        reason = post.significanceReason
        link = Self.webAddress(post.url)
        author = post.authorDisplay.map { "\($0) (@\(post.authorHandle))" } ?? "@" + post.authorHandle
        (published, updated) = (post.postedAt ?? post.discoveredAt, post.discoveredAt)
        tags = [post.watchTier?.rawValue, post.isSignificant ? "significant" : nil, post.reportedAt.map { _ in "reported" }].compactMap(
            \.self)
    }

    /// Most characters of a title.
    private static let titleLength = 80

    /// The beginning of `text` on one line, up to the end of a word; nil when there is nothing to read in it.
    private static func title(_ text: String) -> String? {
        // A long text need not be looked at to its end.
        let words = text.prefix(1_000).split(whereSeparator: \.isWhitespace)
        var title = ""
        for word in words {
            guard title.count + word.count < titleLength else {
                return (title.isEmpty ? String(word.prefix(titleLength)) : title) + "…"
            }
            title += (title.isEmpty ? "" : " ") + word
        }
        return title.isEmpty ? nil : title
    }

    /// `text` as a URI (RFC 3986): what may not stand in one is escaped.
    private static func webAddress(_ text: String) -> String? {
        let isWeb = ["http://", "https://"].contains { text.lowercased().hasPrefix($0) }
        return isWeb ? PercentEncoding.encode(text, keeping: "!*'();:@&=+$,/?#[]%") : nil
    }
}
