public import Domain
internal import Postgres

extension PostgresArchive: ArchiveProbing {
    public func probe() async throws(ArchiveError) {
        try await reading {
            // A transaction that may write, which a standby refuses to begin.
            let applied = try await prober.transaction { try await $0.queryOne(SchemaVersion.applied) }
            guard applied == schemaVersion else {
                throw ArchiveError.outdatedSchema(
                    applied < schemaVersion
                        ? "The database has schema version \(applied), this program needs \(schemaVersion). Run `xmonitor schema apply`."
                        : "The database has schema version \(applied), this program knows \(schemaVersion). Update xmonitor.")
            }
            // A real read, by the way that readers go.
            _ = try await reader.query(PostScan(filter: PostFilter(), sort: .discovered, start: .first, budget: pageBudget).page(1))
        }
    }
}

enum SchemaVersion {
    static let applied = Statement(
        "schema.version", "SELECT coalesce(max(version), 0)::BIGINT FROM schema_migrations", decode: { Int(try $0.int64(0)) })
}
