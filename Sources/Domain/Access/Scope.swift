/// What a caller may do.
public enum Scope: String, CaseIterable, Hashable, Sendable {
    /// Read everything, as a page, as a file and as a syndication feed.
    case read
    /// Read one view of the posts as a syndication feed, and nothing else.
    case feed
    /// Write what collectors write, and read receipts.
    case ingest
    /// Remove posts of an author, and read the audit.
    case ops
}

extension Set<Scope> {
    /// Their words, in the order in which they are listed.
    public var names: [String] { Scope.allCases.filter(contains).map(\.rawValue) }
}
