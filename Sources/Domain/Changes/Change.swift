/// That something was written about one row: it was brought, changed or removed.
public struct Change: Hashable, Sendable {
    public var row: Row
    /// Where the changes go on after this one.
    public var next: ChangeCursor

    public init(_ row: Row, next: ChangeCursor) {
        self.row = row
        self.next = next
    }

    /// The row as it is now, which may be newer than the change; nil when it is gone.
    public enum Row: Hashable, Sendable {
        case post(statusID: String, Post?)
        case metrics(MetricsSnapshot.Key, MetricsSnapshot?)
        case report(statusID: String, Report?)

        /// A row that was not looked at yet.
        public init(_ key: ChangeKey) {
            switch key {
            case .post(let id): self = .post(statusID: id, nil)
            case .metrics(let key): self = .metrics(key, nil)
            case .report(let id): self = .report(statusID: id, nil)
            }
        }

        public var isGone: Bool {
            switch self {
            case .post(_, nil), .metrics(_, nil), .report(_, nil): true
            case .post, .metrics, .report: false
            }
        }
    }
}

/// The kinds of rows whose changes are kept.
public enum ChangeKind: String, CaseIterable, Sendable {
    case post, metrics, report
}

/// Some changes, in the order in which they were first seen committed, or rows of a first read.
public struct ChangePage: Hashable, Sendable {
    public var changes: [Change]
    /// Where the changes go on.
    public var next: ChangeCursor
    /// Whether there are more of them now.
    public var hasMore: Bool

    public init(changes: [Change], next: ChangeCursor, hasMore: Bool) {
        self.changes = changes
        self.next = next
        self.hasMore = hasMore
    }
}
