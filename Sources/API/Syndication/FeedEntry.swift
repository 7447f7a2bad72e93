internal import Domain
internal import Encoding

/// A post as an entry of a feed: what Atom, RSS and JSON Feed have in common. Everything in it is text, never markup.
struct FeedEntry {
    /// The same at every address of the archive and at all times (RFC 4151).
    var id: String
    var title: String
    var text: String
    /// Why it matters; nil where there is nothing to read in it.
    var reason: String?
    /// The post at X; nil when its address is no address of a web page.
    var link: String?
    /// The post in the archive, where it stays when it is gone from X.
    var page: String
    var author: String
    /// The true time of posting, or that of discovery where it is unknown.
    var published: Timestamp
    /// The time of discovery.
    var updated: Timestamp
    var tags: [String]

    /// - Parameter base: the address of the archive, without a slash at its end.
    init(_ post: Post, base: String) {
        let place = "posts/" + post.statusID.percentEncoded()
        id = "tag:xmonitor,2026:" + place
        page = base + "/" + place
        text = EscapedText.decoded(post.bodyText ?? "")
        title = text.isBlank ? "A post by @\(post.authorHandle)" : Self.title(text)
        reason = post.significanceReason.flatMap { $0.isBlank ? nil : $0 }
        link = WebAddress.uri(post.url)
        author = post.authorDisplay.flatMap { $0.isBlank ? nil : "\($0) (@\(post.authorHandle))" } ?? "@" + post.authorHandle
        (published, updated) = (post.postedAt ?? post.discoveredAt, post.discoveredAt)
        tags = [
            post.watchTier?.rawValue, post.isSignificant ? "significant" : nil, post.reportedAt.map { _ in "reported" },
            post.goneAt.map { _ in "gone" },
        ].compactMap(\.self)
    }

    /// Most characters of a title.
    private static let titleLength = 80

    /// The beginning of `text` on one line, up to the end of a word.
    private static func title(_ text: String) -> String {
        // A long text need not be looked at to its end.
        let words = text.prefix(1_000).split(whereSeparator: \.isWhitespace)
        var title = ""
        for word in words {
            guard title.count + word.count < titleLength else {
                return (title.isEmpty ? String(word.prefix(titleLength)) : title) + "…"
            }
            title += (title.isEmpty ? "" : " ") + word
        }
        // A thousand spaces may come first.
        return title.isEmpty ? "…" : title
    }
}

extension String {
    /// Whether there is nothing to see in it: white space, and characters that only control what stands around them.
    var isBlank: Bool {
        unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
                || [.control, .format].contains(scalar.properties.generalCategory)
        }
    }
}
