internal import Domain
internal import Postgres

/// Who may do what.
enum AccessQueries {
    static let revision = Statement("access.revision", "SELECT revision FROM access_revision", read: { try $0.int64() })

    /// Every key but those that are refused for a quarter of a year.
    static let keys = Statement(
        "access.keys",
        """
        SELECT id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at FROM access_keys
        WHERE coalesce(least(expires_at, revoked_at) > now() - INTERVAL '90 days', true)
        """,
        read: { row in
            AccessKey(
                id: try row.int64(), prefix: try row.text(), digest: try row.text(), name: try row.text(),
                scopes: Set(try row.textArrayOfOptionals().compactMap { $0.flatMap(Scope.init) }), view: try row.textOrNil(),
                owner: try row.textOrNil(),
                createdBy: try row.text(), createdAt: try row.moment(), expiresAt: try row.momentOrNil(), revokedAt: try row.momentOrNil(),
                lastUsedAt: try row.momentOrNil())
        })

    static let endedSessions = Statement(
        "access.ended-sessions", "SELECT email, ended_before FROM ended_sessions",
        read: { row in (email: try row.text(), before: try row.moment()) })
}
