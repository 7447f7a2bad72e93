/// An order to erase posts for good: everything that the archive holds of them goes, and they never come in again.
public struct Erasure: Hashable, Sendable {
    /// Which posts.
    public enum Choice: Hashable, Sendable {
        /// By their ids, whether the archive has them or not.
        case posts([String])
        /// Those that the archive has of an author, by the handle in its stored form.
        case author(String)
    }

    public var choice: Choice
    /// The number of rows that the operator was told of. If there are more or fewer by now, nothing is erased.
    public var confirmed: Int
    /// The operator, as the audit names them.
    public var principal: String

    public init(of choice: Choice, confirmed: Int, by principal: String) {
        self.choice = choice
        self.confirmed = confirmed
        self.principal = principal
    }

    /// What became of it.
    public enum Result: Hashable, Sendable {
        /// These rows went. `keptOut` posts come in no more that could have before.
        case erased(PostRows, keptOut: Int)
        /// Nothing was erased: this many rows there are.
        case miscounted(PostRows)
    }
}

extension Erasure.Choice: CustomStringConvertible {
    /// As the audit and the command name it: the handle, or the first ids.
    public var description: String {
        switch self {
        case .author(let handle): return handle
        case .posts(let ids):
            let shown = 5
            return ids.prefix(shown).joined(separator: ", ") + (ids.count > shown ? " and \(ids.count - shown) more" : "")
        }
    }
}
