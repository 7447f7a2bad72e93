/// An order to remove everything that the archive holds of an author.
public struct Purge: Hashable, Sendable {
    /// In its stored form.
    public var handle: String
    /// The number of rows that the operator was told of. If there are more or fewer by now, nothing is removed.
    public var confirmed: Int
    /// Whether later posts of the author are kept out.
    public var blocks: Bool
    /// The operator, as the audit names them.
    public var principal: String

    public init(of handle: String, confirmed: Int, blocks: Bool, by principal: String) {
        self.handle = handle
        self.confirmed = confirmed
        self.blocks = blocks
        self.principal = principal
    }

    /// What became of it.
    public enum Result: Hashable, Sendable {
        case removed(PostRows)
        /// Nothing was removed: this many rows there are.
        case miscounted(PostRows)
    }
}
