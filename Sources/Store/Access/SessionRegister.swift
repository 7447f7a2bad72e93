public import Domain
internal import JSON
public import Postgres

/// Ends the sessions of readers, with a row in the audit.
public enum SessionRegister {
    /// Refuses every session that was opened before now.
    ///
    /// - Parameter email: whose; nil for everybody's.
    /// - Returns: the moment; sessions that are opened later are good.
    public static func end(of email: String?, by user: String, _ connection: isolated Connection) async throws -> Timestamp {
        try await connection.transaction { connection in
            let end = try await connection.queryOne(SessionQueries.end(of: email?.asciiLowercased ?? "", by: user))
            let details = JSONObject(members: [.init(name: "ended_before", value: .string(end.iso8601))])
            try await connection.execute(AuditQueries.insert([AuditEvent(.sessionsRevoked, by: user, of: email?.asciiLowercased, details)]))
            return end
        }
    }
}

/// Ended sessions as rows.
enum SessionQueries {
    /// - Parameter email: empty for everybody's. The clock is read once the row is held: an end never moves back.
    static func end(of email: String, by user: String) -> Statement<Timestamp> {
        Statement(
            "sessions.end",
            """
            INSERT INTO ended_sessions AS ended (email, ended_before, ended_by) VALUES (\(text: email), clock_timestamp(), \(text: user))
            ON CONFLICT (email) DO UPDATE SET ended_before = clock_timestamp(), ended_by = excluded.ended_by
            RETURNING ended_before
            """,
            read: { try $0.moment() })
    }
}
