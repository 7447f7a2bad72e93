/// That something was written about one row: it was brought, changed or removed.
public struct Change: Hashable, Sendable {
    public var row: Row
    /// Where the changes go on after this one.
    public var next: ChangePlace

    public init(_ row: Row, next: ChangePlace) {
        self.row = row
        self.next = next
    }

    /// The row as it is now, which may be newer than the change; nil when it is gone.
    public enum Row: Hashable, Sendable {
        case post(statusID: String, Post?)
        case metrics(MetricsSnapshot.Key, MetricsSnapshot?)
        case report(statusID: String, Report?)
    }
}

/// The kinds of rows whose changes are kept.
public enum ChangeKind: String, CaseIterable, Sendable {
    case post, metrics, report
}

/// Some changes, in the order in which they were first seen committed.
public struct ChangePage: Hashable, Sendable {
    public var changes: [Change]
    /// Where the changes go on.
    public var next: ChangePlace
    /// Whether there are more of them now.
    public var hasMore: Bool

    public init(changes: [Change], next: ChangePlace, hasMore: Bool) {
        self.changes = changes
        self.next = next
        self.hasMore = hasMore
    }
}
