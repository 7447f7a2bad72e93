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

    /// Runs `first`, which has one row, and looks for them, in one round trip. Until the transaction ends nobody is blocked and nothing erased
    /// while it writes posts: one that it writes is not left behind.
    static func among<Output>(
        _ names: Names, after first: Statement<Output>, _ connection: isolated Connection
    ) async throws -> (Output, KeptOut) {
        guard !names.posts.isEmpty else { return (try await connection.queryOne(first), KeptOut(names)) }
        var keptOut = KeptOut(names)
        let rows: [Output]
        if names.authors.isEmpty {
            let (found, posts) = try await connection.pipeline(first, ErasedPosts.find(names.posts))
            (rows, keptOut.posts) = (found, Set(posts))
        } else {
            let (found, _, authors, posts) = try await connection.pipeline(
                first, Blocks.enter(alone: false), Blocks.find(names.authors), ErasedPosts.find(names.posts))
            (rows, keptOut.authors, keptOut.posts) = (found, Set(authors), Set(posts))
        }
        return (rows[0], keptOut)
    }

    private init(_ names: Names) { self.names = names }

    /// What becomes of the item at this place; nil for one that is not kept out.
    func outcome(at place: Int) -> IngestOutcome? {
        if !posts.isEmpty, posts.contains(names.posts[place]) { return .erased }
        if !authors.isEmpty, authors.contains(names.authors[place]) { return .blocked }
        return nil
    }
}
