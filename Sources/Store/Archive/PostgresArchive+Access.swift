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
}
