internal import Postgres

/// Checks, before anything is touched, that the role may do all that the migrations need.
enum Preflight {
    /// One line per missing privilege, with its remedy; empty when nothing is missing.
    static let missing = Statement(
        "schema.preflight",
        """
        SELECT format('%s on schema %I: GRANT %s ON SCHEMA %I TO %I', privilege, s, privilege, s, current_user)
        FROM coalesce(current_schema(), 'public') AS s, unnest(ARRAY['USAGE', 'CREATE']) AS privilege
        WHERE NOT has_schema_privilege(s, privilege)
        UNION ALL
        SELECT format('CREATE on database %I, for the extension pg_trgm: GRANT CREATE ON DATABASE %I TO %I, or let a superuser CREATE EXTENSION pg_trgm',
                      current_database(), current_database(), current_user)
        WHERE NOT has_database_privilege(current_database(), 'CREATE')
          AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
        UNION ALL
        SELECT format('ownership of table %s (owned by %I): ALTER TABLE %s OWNER TO %I',
                      c.oid::regclass, pg_get_userbyid(c.relowner), c.oid::regclass, current_user)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND c.relkind = 'r' AND NOT pg_has_role(c.relowner, 'USAGE')
          AND c.relname = ANY(\(textArray: Grants.tableNames))
        """, read: { try $0.text() })

    static func check(_ connection: isolated Connection) async throws {
        let lines = try await connection.query(missing)
        guard lines.isEmpty else { throw SchemaError.missingPrivileges(lines) }
    }
}
