internal import Postgres

/// The table in which the database remembers what was applied to it.
enum Ledger {
    struct Entry: Hashable, Sendable {
        var version: Int
        var name: String
        var checksum: String
        /// See `Migration.compatibleFrom`.
        var compatibleFrom: Int
    }

    static let create = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    INTEGER     CONSTRAINT schema_migrations_pkey PRIMARY KEY,
            name       TEXT        NOT NULL,
            checksum   TEXT        NOT NULL,
            applied_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            took_us    BIGINT      NOT NULL);
        DO $$ BEGIN
            -- Only where it is missing: altering a table waits for whoever reads it.
            IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'schema_migrations'::REGCLASS AND attname = 'compatible_from') THEN
                ALTER TABLE schema_migrations ADD COLUMN compatible_from INTEGER;
            END IF;
        END $$;
        COMMENT ON TABLE schema_migrations IS 'The migrations that were applied to this database.';
        COMMENT ON COLUMN schema_migrations.version IS 'The number of the migration, which its file name begins with.';
        COMMENT ON COLUMN schema_migrations.name IS 'The rest of the file name, without its ending.';
        COMMENT ON COLUMN schema_migrations.checksum IS 'SHA-256 of the file, in hexadecimal.';
        COMMENT ON COLUMN schema_migrations.applied_at IS 'When it was applied.';
        COMMENT ON COLUMN schema_migrations.took_us IS 'How long that took, in microseconds.';
        COMMENT ON COLUMN schema_migrations.compatible_from IS 'The least schema version of programs that serve beside it; NULL is its own number.';
        """

    static let exists = Statement(
        "schema.ledger-exists", "SELECT to_regclass('schema_migrations') IS NOT NULL", read: { try $0.bool() })

    /// The ledger of an earlier release has no `compatible_from`.
    static let entries = Statement(
        "schema.ledger-entries",
        """
        SELECT version, name, checksum, coalesce((to_jsonb(ledger) ->> 'compatible_from')::INTEGER, version)
        FROM schema_migrations AS ledger ORDER BY version
        """,
        read: { row in
            Entry(
                version: Int(try row.int64()), name: try row.text(), checksum: try row.text(), compatibleFrom: Int(try row.int64()))
        })

    static func record(_ migration: Migration, took: Duration) -> Statement<Void> {
        Statement(
            "schema.record",
            """
            INSERT INTO schema_migrations (version, name, checksum, took_us, compatible_from)
            VALUES (\(int64: Int64(migration.version))::INTEGER, \(text: migration.name), \(text: migration.checksum),
                    \(int64: Int64(took / .microseconds(1))), \(int64: Int64(migration.compatibleFrom))::INTEGER)
            """)
    }

    /// What the database says was applied; empty when it has no ledger.
    static func read(_ connection: isolated Connection) async throws -> [Entry] {
        guard try await connection.queryOne(exists) else { return [] }
        return try await connection.query(entries)
    }
}
