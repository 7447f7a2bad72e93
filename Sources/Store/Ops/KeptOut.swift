internal import Domain
internal import Postgres

/// What of a batch operators keep out: posts of blocked authors, and erased posts with all that hangs on them.
struct KeptOut: Sendable {
    /// What names an item.
    struct Names: Sendable {
        /// The post that the item is, or belongs to; of each item, or of none.
        var posts: [String] = []
        /// The author of the post, likewise.
        var authors: [String] = []
    }

    private let names: Names
    private var authors: Set<String> = []
    private var posts: Set<String> = []

    /// Looks for them. Until the transaction ends nobody is blocked and nothing erased while it writes posts: one that it writes is not left
    /// behind.
    static func among(_ names: Names, _ connection: isolated Connection) async throws -> KeptOut {
        var found = KeptOut(names)
        if !names.authors.isEmpty {
            let (_, authors, posts) = try await connection.pipeline(
                Blocks.enter(alone: false), Blocks.find(names.authors), ErasedPosts.find(names.posts))
            (found.authors, found.posts) = (Set(authors), Set(posts))
        } else if !names.posts.isEmpty {
            found.posts = Set(try await connection.query(ErasedPosts.find(names.posts)))
        }
        return found
    }

    private init(_ names: Names) { self.names = names }

    /// What becomes of the item at this place; nil for one that is not kept out.
    func outcome(at place: Int) -> IngestOutcome? {
        if !posts.isEmpty, posts.contains(names.posts[place]) { return .erased }
        if !authors.isEmpty, authors.contains(names.authors[place]) { return .blocked }
        return nil
    }
}
