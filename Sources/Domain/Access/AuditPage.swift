/// The position of an event in the audit, for paging.
public struct AuditPosition: Hashable, Sendable {
    public var at: Timestamp
    public var id: Int64

    public init(at: Timestamp, id: Int64) {
        self.at = at
        self.id = id
    }
}

/// One page of the audit, newest first.
public struct AuditPage: Hashable, Sendable {
    public var entries: [AuditEntry]
    /// Behind which older events follow; nil at the end.
    public var next: AuditPosition?

    public init(entries: [AuditEntry], next: AuditPosition?) {
        self.entries = entries
        self.next = next
    }
}
