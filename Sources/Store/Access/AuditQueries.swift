internal import Domain
internal import JSON
internal import Postgres

/// What was done in whose name.
enum AuditQueries {
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
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
