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

extension AuditEntry {
    /// As `GET /v1/audit` and `xmonitor audit --json` have it.
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
