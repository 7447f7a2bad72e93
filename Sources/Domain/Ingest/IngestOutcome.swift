/// What became of one item that was sent to the archive.
public enum IngestOutcome: Hashable, Sendable {
    case inserted
    case updated
    /// The archive already says the same; nothing was written.
    case unchanged
    /// The archive has newer news in every column; nothing was written.
    case stale
    /// An operator keeps its author out of the archive; nothing was written.
    case blocked
    /// An operator erased the post for good; nothing was written.
    case erased
    /// The item can never be stored as it is, for at least one fault.
    case rejected([ItemFault])

    /// As answers and receipts call it.
    public var name: String {
        switch self {
        case .inserted: "inserted"
        case .updated: "updated"
        case .unchanged: "unchanged"
        case .stale: "stale"
        case .blocked: "blocked"
        case .erased: "erased"
        case .rejected: "rejected"
        }
    }
}

/// Why an item can never be stored as it is.
public struct ItemFault: Error, Hashable, Sendable {
    /// Stable, catalogued in `docs/api/errors.md`.
    public var code: Code
    /// The member at fault, nil when it is the item as a whole.
    public var field: String?
    /// One sentence for people.
    public var message: String

    /// The codes, as answers have them.
    public enum Code: String, CaseIterable, Sendable {
        case invalidItem = "invalid_item"
        case missingField = "missing_field"
        case invalidValue = "invalid_value"
        case unknownPost = "unknown_post"
    }

    public init(_ code: Code, field: String? = nil, _ message: String) {
        self.code = code
        self.field = field
        self.message = message
    }

    /// The item refers to a post that the archive does not have.
    public static let unknownPost = ItemFault(
        .unknownPost, field: "status_id", "There is no post with this status_id; send the post first.")
}

extension IngestOutcome {
    /// Whether something was written.
    public var isWritten: Bool { self == .inserted || self == .updated }
}
