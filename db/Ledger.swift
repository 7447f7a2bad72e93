internal import Postgres

/// The table in which the database remembers what was applied to it.
enum Ledger {
    struct Entry: Hashable, Sendable {
        var version: Int
        var name: String
        var checksum: String
    }

    static let create = Statement<Void>(
        "schema.create-ledger",
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    INTEGER     CONSTRAINT schema_migrations_pkey PRIMARY KEY,
            name       TEXT        NOT NULL,
            checksum   TEXT        NOT NULL,
            applied_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            took_us    BIGINT      NOT NULL)
        """)

    static let exists = Statement(
        "schema.ledger-exists", "SELECT to_regclass('schema_migrations') IS NOT NULL", decode: { try $0.bool(0) })

    static let entries = Statement(
        "schema.ledger-entries", "SELECT version, name, checksum FROM schema_migrations ORDER BY version",
        decode: { row in Entry(version: Int(try row.int64(0)), name: try row.text(1), checksum: try row.text(2)) })

    /// Records `migration`, which began `clock_timestamp() - now()` ago, in the transaction that applied it.
    static func record(_ migration: Migration) -> Statement<Void> {
        Statement(
            "schema.record",
            """
            INSERT INTO schema_migrations (version, name, checksum, took_us)
            VALUES (\(int64: Int64(migration.version))::INTEGER, \(text: migration.name), \(text: migration.checksum),
                    (extract(epoch FROM clock_timestamp() - now()) * 1000000)::BIGINT)
            """)
    }

    /// What the database says was applied; empty when it has no ledger.
    static func read(_ connection: isolated Connection) async throws -> [Entry] {
        guard try await connection.queryOne(exists) else { return [] }
        return try await connection.query(entries)
    }
}
