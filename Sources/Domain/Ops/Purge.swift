/// An order to remove everything that the archive holds of an author.
public struct Purge: Hashable, Sendable {
    /// In its stored form.
    public var handle: String
    /// How many rows whoever orders it was told of. With another number nothing is removed.
    public var confirmed: Int
    /// Whether later posts of the author are kept out.
    public var blocks: Bool
    /// In whose name.
    public var principal: String

    public init(of handle: String, confirmed: Int, blocks: Bool, by principal: String) {
        self.handle = handle
        self.confirmed = confirmed
        self.blocks = blocks
        self.principal = principal
    }

    /// What became of it.
    public enum Result: Hashable, Sendable {
        case removed(AuthorRows)
        /// Nothing was removed: this many rows there are.
        case miscounted(AuthorRows)
    }
}

/// What operators ask of the archive.
public protocol ArchiveOperating: Sendable {
    /// What the archive holds of an author.
    func rows(of handle: String) async throws(ArchiveError) -> AuthorRows
    func purge(_ order: Purge) async throws(ArchiveError) -> Purge.Result
}
