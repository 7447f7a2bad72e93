public import Domain
public import Postgres

/// The authors whose posts are kept out.
public enum Blocks {
    public struct Entry: Sendable {
        public var handle: String
        public var blockedAt: Timestamp
        public var blockedBy: String
    }

    /// Batches of posts go in beside each other; who keeps something out is alone. "blocks" in ASCII, as a number.
    static func enter(alone: Bool) -> Statement<Void> {
        let lock: SQL = alone ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared"
        return Statement("blocks.enter", "SELECT \(lock)(x'626c6f636b73'::BIGINT)")
    }

    static func find(_ authors: [String]) -> Statement<String> {
        Statement(
            "blocks.find", "SELECT handle FROM blocked_handles WHERE handle = ANY(\(textArray: authors))", read: { try $0.text() })
    }

    static func insert(_ handle: String, by principal: String) -> Statement<Void> {
        Statement(
            "blocks.insert",
            "INSERT INTO blocked_handles (handle, blocked_by) VALUES (\(text: handle), \(text: principal)) ON CONFLICT DO NOTHING")
    }

    static func delete(_ handle: String) -> Statement<Void> {
        Statement("blocks.delete", "DELETE FROM blocked_handles WHERE handle = \(text: handle)")
    }

    public static let all = Statement(
        "blocks.all", "SELECT handle, blocked_at, blocked_by FROM blocked_handles ORDER BY handle",
        read: { row in Entry(handle: try row.text(), blockedAt: try row.moment(), blockedBy: try row.text()) })

    /// Lets posts of an author in again, and says whether they were kept out.
    public static func lift(_ handle: String, by principal: String, _ connection: isolated Connection) async throws -> Bool {
        try await connection.transaction { connection in
            guard try await connection.execute(delete(handle)) > 0 else { return false }
            try await connection.execute(AuditQueries.insert([AuditEvent(.handleUnblocked, by: principal, of: handle)]))
            return true
        }
    }
}
