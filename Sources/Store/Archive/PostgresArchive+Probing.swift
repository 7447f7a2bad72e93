public import Domain
public import Postgres

extension PostgresArchive: ArchiveProbing {
    public func probe() async throws(ArchiveError) {
        try await mappingErrors {
            // A transaction that may write, which a standby refuses to begin.
            let (applied, compatibleFrom) = try await prober.transaction { try await $0.queryOne(SchemaVersion.beside(schemaVersion)) }
            guard applied == schemaVersion || (applied > schemaVersion && compatibleFrom <= schemaVersion) else {
                throw ArchiveError.outdatedSchema(
                    "The database has schema version \(applied), this program needs \(schemaVersion).", isNewer: applied > schemaVersion)
            }
            // A real read, by the way that readers go.
            _ = try await reader.query(FeedScan(filter: PostFilter(), sort: .discovered, start: .first, budget: pageBudget).page(1))
        }
    }
}

/// The number of the newest migration that was applied to the database.
public enum SchemaVersion {
    public static let applied = Statement(
        "schema.version", "SELECT coalesce(max(version), 0)::BIGINT FROM schema_migrations", read: { Int(try $0.int64()) })

    /// With it the least schema version of programs that work beside all that was applied after migration `known`. The ledger of an earlier
    /// release has no `compatible_from`.
    static func beside(_ known: Int) -> Statement<(applied: Int, compatibleFrom: Int)> {
        Statement(
            "schema.version-beside",
            """
            SELECT coalesce(max(version), 0)::BIGINT,
                   coalesce(max(coalesce((to_jsonb(ledger) ->> 'compatible_from')::INTEGER, version))
                            FILTER (WHERE version > \(int64: Int64(known))), 0)::BIGINT
            FROM schema_migrations AS ledger
            """, read: { (applied: Int(try $0.int64()), compatibleFrom: Int(try $0.int64())) })
    }
}

/// What the database itself says of its contents, so that no writer has to keep anything up to date.
enum VersionQueries {
    /// On a primary the snapshot names the transactions that a reader sees. On a standby it does not name those under way, and the place in
    /// the log that was replayed stands for them. Numbers of transactions can come again in a restored or promoted copy, and after a crash:
    /// the time of the start tells servers apart, and that of the statistics, which a crash resets, tells before from after.
    static let version = Statement(
        "archive.version",
        """
        SELECT concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
                         CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::TEXT ELSE pg_current_snapshot()::TEXT END)
        """,
        read: { ArchiveVersion(try $0.text()) })
}
