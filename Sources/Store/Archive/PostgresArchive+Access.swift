public import Domain
internal import Postgres

extension PostgresArchive: AccessKeeping {
    public func accessState(since revision: Int64?) async throws(ArchiveError) -> AccessState? {
        try await mappingErrors {
            // From the writer: a replica may lag, and a revoked key would be good there for longer.
            guard try await follower.queryOne(AccessQueries.revision) != revision else { return nil }
            return try await follower.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                let current = try await connection.queryOne(AccessQueries.revision)
                let keys = try await connection.query(AccessQueries.keys)
                let ended = try await connection.query(AccessQueries.endedSessions)
                return AccessState(
                    revision: current, keys: keys,
                    endedSessions: Dictionary(ended.map { ($0.email, $0.before) }, uniquingKeysWith: { max($0, $1) }))
            }
        }
    }

    public func note(uses: [Int64: Timestamp]) async throws(ArchiveError) {
        try await mappingErrors { _ = try await writer.execute(KeyQueries.note(uses: uses)) }
    }

    public func feedTokens(of owner: String) async throws(ArchiveError) -> [AccessKey] {
        try await mappingErrors { try await follower.query(KeyQueries.tokens(of: owner)) }
    }

    public func createFeedToken(_ token: NewAccessKey, limit: Int) async throws(ArchiveError) -> AccessKey? {
        try await mappingErrors {
            try await writer.transaction { connection in
                try await connection.execute(KeyQueries.lock)
                guard try await connection.queryOne(KeyQueries.recentTokens(of: token.owner ?? "")) < limit else { return nil }
                return try await KeyRegister.insert(token, connection)
            }
        }
    }

    public func revokeFeedToken(_ id: Int64, of owner: String) async throws(ArchiveError) -> Bool {
        try await mappingErrors {
            try await writer.transaction { connection in
                try await connection.execute(KeyQueries.lock)
                guard let token = try await connection.query(KeyQueries.tokens(of: owner)).first(where: { $0.id == id }) else {
                    return false
                }
                _ = try await KeyRegister.revoke(token, by: owner, connection)
                return true
            }
        }
    }
}
