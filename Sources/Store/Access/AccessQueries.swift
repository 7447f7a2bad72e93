internal import Domain
internal import Postgres

/// Who may do what.
enum AccessQueries {
    static let revision = Statement("access.revision", "SELECT revision FROM access_revision", read: { try $0.int64() })

    /// Every key but those that are refused for a quarter of a year, and tokens of readers that are for a day. What is revoked by the clock of the database is so by every clock.
    static let keys = Statement(
        "access.keys",
        """
        SELECT id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at,
               CASE WHEN revoked_at <= now() THEN to_timestamp(0) ELSE revoked_at END, last_used_at
        FROM access_keys
        WHERE coalesce(least(expires_at, revoked_at) > now() - CASE WHEN owner IS NULL THEN INTERVAL '90 days' ELSE INTERVAL '1 day' END, true)
        """,
        read: KeyQueries.key)

    static let endedSessions = Statement(
        "access.ended-sessions", "SELECT email, ended_before FROM ended_sessions",
        read: { row in (email: try row.text(), before: try row.moment()) })
}
