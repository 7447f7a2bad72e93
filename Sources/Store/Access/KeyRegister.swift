public import Domain
internal import JSON
public import Postgres

/// A key as an operator names it.
public enum KeyName: Hashable, Sendable {
    case id(Int64)
    /// The first letters of its secret.
    case prefix(String)
}

/// Makes keys and takes them back, each with its row in the audit.
public enum KeyRegister {
    /// The reason why nothing was changed.
    public enum Refusal: Error, Hashable, Sendable {
        case unknown
        /// Several keys have this prefix.
        case ambiguous([AccessKey])
        /// The key is refused already.
        case over(AccessKey, AccessKey.Refusal)
        /// The key has a successor, and is revoked at a moment that lies ahead.
        case rotated(AccessKey)
    }

    /// Every key that there ever was, in the order in which they were made.
    public static func all(_ connection: isolated Connection) async throws -> [AccessKey] {
        try await connection.query(KeyQueries.all)
    }

    public static func create(_ key: NewAccessKey, _ connection: isolated Connection) async throws -> AccessKey {
        try await connection.transaction { connection in
            try await connection.execute(KeyQueries.lock)
            return try await insert(key, connection)
        }
    }

    /// - Parameters:
    ///   - overlap: how long the old one lives on, in seconds.
    ///   - successor: makes the new one from the old one.
    /// - Throws: `Refusal`, or `PostgresError`.
    public static func rotate(
        _ name: KeyName, overlap: Int64, by user: String, _ connection: isolated Connection,
        to successor: @Sendable (AccessKey) -> NewAccessKey
    ) async throws -> (old: AccessKey, new: AccessKey) {
        try await connection.transaction { connection in
            try await connection.execute(KeyQueries.lock)
            let found = try await find(name, connection)
            guard found.revokedAt == nil else { throw Refusal.rotated(found) }
            let new = try await connection.queryOne(KeyQueries.insert(successor(found)))
            let old = try await connection.queryOne(KeyQueries.revoke(found.id, in: overlap, by: user))
            let details: [JSONObject.Member] = [
                .init(name: "successor", value: .number("\(new.id)")),
                .init(name: "good_until", value: .string(old.revokedAt?.iso8601 ?? "")),
            ]
            try await connection.execute(
                AuditQueries.insert([AuditEvent(.keyRotated, by: user, of: old.subject, JSONObject(members: details))]))
            return (old, new)
        }
    }

    /// - Throws: `Refusal`, or `PostgresError`.
    public static func revoke(_ name: KeyName, by user: String, _ connection: isolated Connection) async throws -> AccessKey {
        try await connection.transaction { connection in
            try await connection.execute(KeyQueries.lock)
            return try await revoke(try await find(name, connection), by: user, connection)
        }
    }

    /// Revokes the feed tokens of a reader.
    public static func revokeAll(of owner: String, by user: String, _ connection: isolated Connection) async throws -> [AccessKey] {
        try await connection.transaction { connection in
            try await connection.execute(KeyQueries.lock)
            var revoked: [AccessKey] = []
            for token in try await connection.query(KeyQueries.tokens(of: owner)) {
                revoked.append(try await revoke(token, by: user, connection))
            }
            return revoked
        }
    }

    static func insert(_ key: NewAccessKey, _ connection: isolated Connection) async throws -> AccessKey {
        let made = try await connection.queryOne(KeyQueries.insert(key))
        try await connection.execute(AuditQueries.insert([AuditEvent(.keyCreated, by: key.createdBy, of: made.subject, details(made))]))
        return made
    }

    static func revoke(_ key: AccessKey, by user: String, _ connection: isolated Connection) async throws -> AccessKey {
        let revoked = try await connection.queryOne(KeyQueries.revoke(key.id, in: 0, by: user))
        try await connection.execute(AuditQueries.insert([AuditEvent(.keyRevoked, by: user, of: revoked.subject)]))
        return revoked
    }

    /// The one key that `name` means and that is not over. A good one wins over one that is over.
    private static func find(_ name: KeyName, _ connection: isolated Connection) async throws -> AccessKey {
        let found = try await connection.query(KeyQueries.find(name))
        let good = found.filter { $0.refusal(at: .now) == nil }
        guard good.count < 2 else { throw Refusal.ambiguous(good) }
        if let key = good.first { return key }
        guard let key = found.last else { throw Refusal.unknown }
        throw Refusal.over(key, key.refusal(at: .now) ?? .revoked)
    }

    private static func details(_ key: AccessKey) -> JSONObject {
        let scopes = key.scopes.names.map(JSONValue.string)
        return JSONObject(
            members: [.init(name: "prefix", value: .string(key.prefix)), .init(name: "scopes", value: .array(scopes))]
                + [("view", key.view), ("expires_at", key.expiresAt?.iso8601)].compactMap { name, text in
                    text.map { .init(name: name, value: .string($0)) }
                })
    }
}
