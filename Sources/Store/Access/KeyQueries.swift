internal import Domain
internal import Postgres

/// Keys as rows: made, listed, taken back, used.
enum KeyQueries {
    private static let columns: SQL =
        "id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at"

    static func key(_ row: inout RowReader) throws -> AccessKey {
        AccessKey(
            id: try row.int64(), prefix: try row.text(), digest: try row.text(), name: try row.text(),
            scopes: Set(try row.textArrayOfOptionals().compactMap { $0.flatMap(Scope.init) }), view: try row.textOrNil(),
            owner: try row.textOrNil(), createdBy: try row.text(), createdAt: try row.moment(), expiresAt: try row.momentOrNil(),
            revokedAt: try row.momentOrNil(), lastUsedAt: try row.momentOrNil())
    }

    /// Changes of keys go one after the other: what is counted or looked at before a change holds at the change. Their trigger locks the
    /// same row.
    static let lock = Statement("keys.lock", "SELECT revision FROM access_revision FOR UPDATE")

    static let all = Statement("keys.all", "SELECT \(columns) FROM access_keys ORDER BY id", read: key)

    static func find(_ name: KeyName) -> Statement<AccessKey> {
        let condition: SQL =
            switch name {
            case .id(let id): "id = \(int64: id)"
            case .prefix(let prefix): "prefix = \(text: prefix)"
            }
        return Statement("keys.find", "SELECT \(columns) FROM access_keys WHERE \(condition) ORDER BY id", read: key)
    }

    static func tokens(of owner: String) -> Statement<AccessKey> {
        Statement(
            "keys.tokens",
            """
            SELECT \(columns) FROM access_keys
            WHERE owner = \(text: owner) AND coalesce(least(expires_at, revoked_at) > now(), true)
            ORDER BY id
            """,
            read: key)
    }

    /// With those that went in the last day.
    static func recentTokens(of owner: String) -> Statement<Int64> {
        Statement(
            "keys.recent-tokens",
            """
            SELECT count(*) FROM access_keys
            WHERE owner = \(text: owner) AND coalesce(least(expires_at, revoked_at) > now() - INTERVAL '1 day', true)
            """,
            read: { try $0.int64() })
    }

    static func insert(_ key: NewAccessKey) -> Statement<AccessKey> {
        let scopes = key.scopes.names
        return Statement(
            "keys.insert",
            """
            INSERT INTO access_keys (prefix, digest, name, scopes, view, owner, created_by, expires_at)
            VALUES (\(text: key.prefix), decode(\(text: key.digest), 'hex'), \(text: key.name), \(textArray: scopes), \(text: key.view),
                    \(text: key.owner), \(text: key.createdBy), \(moment: key.expiresAt))
            RETURNING \(columns)
            """,
            read: self.key)
    }

    /// - Parameter delay: in seconds. An end that was set before and is nearer stays.
    static func revoke(_ id: Int64, in delay: Int64, by revoker: String) -> Statement<AccessKey> {
        Statement(
            "keys.revoke",
            """
            UPDATE access_keys
            SET revoked_at = least(revoked_at, now() + \(int64: delay) * INTERVAL '1 second'), revoked_by = \(text: revoker)
            WHERE id = \(int64: id)
            RETURNING \(columns)
            """,
            read: key)
    }

    /// Rows are held in the order of their numbers, so that two servers do not wait for each other in a circle. A minute that is noted already
    /// writes nothing: a commit would make every kept answer be made again.
    static func note(uses: [Int64: Timestamp]) -> Statement<Void> {
        let ids = uses.keys.sorted()
        return Statement(
            "keys.note-uses",
            """
            WITH news AS (
                SELECT access_keys.id, used.at
                FROM access_keys JOIN unnest(\(int64Array: ids), \(momentArray: ids.map { uses[$0] })) AS used (id, at) USING (id)
                WHERE coalesce(last_used_at < used.at, true)
                ORDER BY access_keys.id
                FOR NO KEY UPDATE OF access_keys
            )
            UPDATE access_keys SET last_used_at = news.at FROM news WHERE access_keys.id = news.id
            """)
    }
}
