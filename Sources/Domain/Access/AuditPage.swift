public import JSON

/// An event as the audit keeps it.
public struct AuditEntry: Hashable, Sendable {
    public var id: Int64
    public var at: Timestamp
    /// A word of `AuditEvent.Action`, or one of a later release.
    public var action: String
    public var principal: String
    public var subject: String?
    public var details: JSONObject

    public init(id: Int64, at: Timestamp, action: String, principal: String, subject: String?, details: JSONObject) {
        self.id = id
        self.at = at
        self.action = action
        self.principal = principal
        self.subject = subject
        self.details = details
    }
}

/// A place in the audit: that of the event that it names.
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

/// What the API asks of the audit, and tells it.
public protocol AuditKeeping: Sendable {
    /// At most `limit` events at `since` or later, the newest first, from behind `position` on.
    func audit(since: Timestamp?, after position: AuditPosition?, limit: Int) async throws(ArchiveError) -> AuditPage
    /// Adds events, all or none.
    func record(_ events: [AuditEvent]) async throws(ArchiveError)
}

extension AuditEntry {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("at", at)
            writer.member("action", action)
            writer.member("principal", principal)
            writer.member("subject", subject)
            writer.key("details")
            writer.value(.object(details))
        }
    }
}
