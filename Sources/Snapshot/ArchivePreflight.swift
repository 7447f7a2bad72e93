internal import Foundation
internal import Postgres
internal import Store

/// Checks, before anything is touched, that the database and this machine can take what is about to be done.
struct ArchivePreflight: Sendable {
    /// What is about to be done.
    enum Purpose: Sendable {
        case `import`, validate, undo
    }

    let purpose: Purpose
    /// The number of the migration that this program was written for.
    let schemaVersion: Int

    /// The tables of the archive, and what is done to each.
    private var privileges: [(table: String, privilege: String)] {
        func on(_ tables: [String], _ privileges: String...) -> [(String, String)] {
            tables.flatMap { table in privileges.map { (table, $0) } }
        }
        let filled = ArchiveTable.allCases.map(\.name)
        switch purpose {
        case .import:
            return on(filled, "SELECT", "INSERT", "UPDATE") + on(["earlier_texts", "changes"], "INSERT")
                + on(["batches"], "SELECT", "INSERT", "UPDATE") + on(["blocked_handles", "erased_posts"], "SELECT")
                + on(["import_stages"], "SELECT", "INSERT", "DELETE") + on(["import_confirmations"], "INSERT")
        case .validate: return on(filled + ["batches", "blocked_handles", "erased_posts"], "SELECT")
        case .undo:
            return on(filled, "SELECT", "DELETE") + on(["batches"], "SELECT", "UPDATE") + on(["import_stages"], "DELETE")
                + on(["gone_posts", "import_confirmations"], "SELECT")
                + on(filled.filter { $0 != ArchiveTable.runs.name }, "UPDATE") + on(["changes"], "INSERT")
        }
    }

    /// The functions that are called, by a statement or by an index.
    private var functions: [String] {
        let merging = ["observation_time", "merged_observed_at"]
        let ranking = ["velocity", "posting_rank"]
        return switch purpose {
        case .import: merging + ranking
        case .validate: merging
        case .undo: ranking
        }
    }

    private static let staging = SourceTable.all.map(\.target.staging.name)

    /// - Throws: `SnapshotError` naming everything that is missing.
    func check(_ connection: isolated Connection) async throws {
        guard connection.serverVersion >= 150_000 else { throw SnapshotError.oldServer(connection.serverVersion) }
        // In a transaction, which brings time-outs of its own.
        try await connection.transaction(readOnly: true) { connection in
            let unreadable = try await connection.query(Self.missingOnLedger)
            guard unreadable.isEmpty else { throw SnapshotError.notPrepared(unreadable) }
            let applied: Int
            do { applied = try await connection.queryOne(SchemaVersion.applied) } catch let error as PostgresError
                where error.sqlState == .undefinedTable
            {
                applied = 0
            }
            guard applied == schemaVersion else { throw SnapshotError.outdatedSchema(applied: applied, needed: schemaVersion) }
            let missing = try await connection.query(missingPrivileges)
            guard missing.isEmpty else { throw SnapshotError.notPrepared(missing) }
        }
    }

    /// Whether all rows of `snapshot` would fit beside `path` if all were rejected.
    static func checkDisk(for snapshot: Snapshot, beside path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else { return }
        let needed = snapshot.bytes
        guard free >= needed else { throw SnapshotError.diskTooSmall(folder, free: free, needed: needed) }
    }

    static let missingOnLedger = Statement(
        "snapshot.preflight-schema",
        """
        SELECT format('USAGE on schema %I: GRANT USAGE ON SCHEMA %I TO %I', s, s, current_user)
        FROM unnest(string_to_array(replace(replace(current_setting('search_path'), '"$user"', current_user), ' ', ''), ',')) AS s
        JOIN pg_namespace AS n ON n.nspname = s
        WHERE NOT has_schema_privilege(n.oid, 'USAGE')
        UNION ALL
        SELECT format('SELECT on table schema_migrations: GRANT SELECT ON schema_migrations TO %I', current_user)
        WHERE to_regclass('schema_migrations') IS NOT NULL AND NOT has_table_privilege('schema_migrations', 'SELECT')
        """, read: { try $0.text() })

    var missingPrivileges: Statement<String> {
        Statement(
            "snapshot.preflight",
            """
            SELECT format('%s on table %s: GRANT %s ON %s TO %I', privilege, t, privilege, t, current_user)
            FROM unnest(\(textArray: privileges.map(\.table)), \(textArray: privileges.map(\.privilege))) AS needed (t, privilege)
            WHERE NOT has_table_privilege(t, privilege)
            UNION ALL
            SELECT format('EXECUTE on function %s: GRANT EXECUTE ON FUNCTION %s TO %I', f.oid::regprocedure, f.oid::regprocedure, current_user)
            FROM unnest(\(textArray: functions)) AS name JOIN pg_proc AS f ON f.oid = to_regproc(name)
            WHERE NOT has_function_privilege(f.oid, 'EXECUTE')
            UNION ALL
            SELECT format('ownership of %s, which %I left from an import that broke off: finish it as %I, or DROP TABLE %s',
                          c.oid::regclass, pg_get_userbyid(c.relowner), pg_get_userbyid(c.relowner), c.oid::regclass)
            FROM pg_class AS c WHERE \(bool: purpose == .import) AND c.oid IN (SELECT to_regclass(name) FROM unnest(\(textArray: Self.staging)) AS name)
              AND NOT pg_has_role(c.relowner, 'USAGE')
            UNION ALL
            SELECT format('CREATE on schema %I, for the staging tables: GRANT CREATE ON SCHEMA %I TO %I', current_schema(), current_schema(), current_user)
            WHERE \(bool: purpose == .import) AND NOT has_schema_privilege(current_schema(), 'CREATE')
            UNION ALL
            SELECT format('TEMPORARY on database %I, for the staging tables: GRANT TEMPORARY ON DATABASE %I TO %I',
                          current_database(), current_database(), current_user)
            WHERE \(bool: purpose == .validate) AND NOT has_database_privilege(current_database(), 'TEMPORARY')
            """, read: { try $0.text() })
    }
}
