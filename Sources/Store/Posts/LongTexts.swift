internal import Domain

/// The texts of a post of which one is long. A page leaves out the long ones of what it finds, and reads all of them for as many posts as it has
/// room for.
struct LongTexts: Sendable {
    var statusID: String
    var authorDisplay, bodyText: String?
    var url: String
    var significanceReason, sourceQuery: String?

    /// Bytes up to which a text is short. 200 posts of short texts have 4 MB at most.
    static let least = 4_096
}

/// A post as a page finds it: without its long texts.
struct FoundPost: Sendable {
    var post: Post
    var isLong: Bool
}

/// What was read of the texts of long posts.
struct ReadTexts: Sendable {
    private var texts: [String: LongTexts]
    /// The posts that there was no room for; what is neither here nor read was removed since it was found.
    let leftOut: Set<String>

    /// - Parameters:
    ///   - texts: those of the first posts, as far as there was room. The first post that is still there is among them in any case.
    ///   - ids: the long posts, in the order of the page.
    init(_ texts: [LongTexts], of ids: [String]) {
        let read = Dictionary(uniqueKeysWithValues: texts.map { ($0.statusID, $0) })
        let removed = ids.prefix { read[$0] == nil }
        self.texts = read
        leftOut = Set(ids.dropFirst(removed.count).filter { read[$0] == nil })
    }

    /// `found` as a whole; nil when it was left out, or is gone.
    func whole(_ found: FoundPost) -> Post? {
        guard found.isLong else { return found.post }
        guard let texts = texts[found.post.statusID] else { return nil }
        var post = found.post
        (post.authorDisplay, post.bodyText, post.url) = (texts.authorDisplay, texts.bodyText, texts.url)
        (post.significanceReason, post.sourceQuery) = (texts.significanceReason, texts.sourceQuery)
        return post
    }
}

/// A row, and whether a page has room for it. The first row of its kind fits in any case; one that does not is without its texts.
struct FittingRow<Row: Sendable>: Sendable {
    var row: Row
    var fits: Bool
}
