public import Domain
internal import JSON
public import Postgres

/// What was done in whose name.
public enum AuditQueries {
    static func insert(_ events: [AuditEvent]) -> Statement<Void> {
        Statement(
            "audit.insert",
            """
            INSERT INTO audit_events (action, principal, subject, details)
            SELECT * FROM unnest(\(textArray: events.map(\.action.rawValue)), \(textArray: events.map(\.principal)),
                                 \(textArray: events.map(\.subject)), \(jsonbArray: events.map(details)))
            """)
    }

    private static func details(_ event: AuditEvent) -> String? {
        guard !event.details.members.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.value(.object(event.details))
        return writer.text
    }

    /// At most `limit` events, the newest first, from behind `position` on.
    public static func list(since: Timestamp?, after position: AuditPosition?, limit: Int) -> Statement<AuditEntry> {
        var conditions: [SQL] = ["true"]
        if let since { conditions.append("at >= \(moment: since)") }
        if let position { conditions.append("(at, id) < (\(moment: position.at), \(int64: position.id))") }
        return Statement(
            "audit.list",
            """
            SELECT id, at, action, principal, subject, coalesce(details, '{}') FROM audit_events
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY at DESC, id DESC LIMIT \(int64: Int64(limit))
            """,
            read: { row in
                let (id, at, action) = (try row.int64(), try row.moment(), try row.text())
                let (principal, subject) = (try row.text(), try row.textOrNil())
                guard case .object(let details) = try JSONReader.read(try row.jsonb()) else {
                    return AuditEntry(id: id, at: at, action: action, principal: principal, subject: subject, details: JSONObject())
                }
                return AuditEntry(id: id, at: at, action: action, principal: principal, subject: subject, details: details)
            })
    }
}
