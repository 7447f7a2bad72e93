internal import Postgres

enum GrantQueries {
    struct Grantee: Sendable {
        /// Where the tables of the archive are.
        var schema: String
        /// Whether it owns the tables, may take on the role that does, or is a superuser. A member without INHERIT says SET ROLE first.
        var hasOwnersRights: Bool
    }

    static func grantee(_ role: String) -> Statement<Grantee> {
        Statement(
            "schema.grantee",
            """
            SELECT ledger.relnamespace::regnamespace::TEXT, pg_has_role(r.oid, ledger.relowner, 'MEMBER')
            FROM pg_roles AS r, pg_class AS ledger
            WHERE r.rolname = \(text: role) AND ledger.oid = to_regclass('schema_migrations')
            """, read: { Grantee(schema: try $0.text(), hasOwnersRights: try $0.bool()) })
    }

    /// One line per privilege that a role lacks, with the statement that grants it; of what is not there nothing is lacking.
    ///
    /// - Parameter role: nil for that of the connection.
    static func missing(_ needs: Grants.Needs, of role: String?) -> Statement<String> {
        let privileges = needs.tables.flatMap { table in table.privileges.map { (table: table.name, privilege: $0) } }
        return Statement(
            "schema.missing-grants",
            """
            WITH role (name) AS (
                SELECT coalesce(\(text: role), current_user)::NAME
            )
            SELECT format('USAGE on schema %I: GRANT USAGE ON SCHEMA %I TO %I', n.nspname, n.nspname, role.name)
            FROM role, pg_namespace AS n
            WHERE EXISTS (SELECT FROM pg_class WHERE relname = 'schema_migrations' AND relnamespace = n.oid)
              AND EXISTS (SELECT FROM unnest(string_to_array(replace(replace(
                              current_setting('search_path'), '"$user"', quote_ident(current_user)), ' ', ''), ',')) AS s (name)
                          WHERE s.name IN (n.nspname, quote_ident(n.nspname)))
              AND NOT has_schema_privilege(role.name, n.oid, 'USAGE')
            UNION ALL
            SELECT format('%s on table %s: GRANT %s ON %s TO %I', asked, c.oid::regclass, asked, c.oid::regclass, role.name)
            FROM role, unnest(\(textArray: privileges.map(\.table)), \(textArray: privileges.map(\.privilege.word)),
                              \(textArray: privileges.map(\.privilege.column))) AS needed (name, privilege, on_column)
            JOIN pg_class AS c ON c.oid = to_regclass(needed.name), concat(privilege, ' (' || quote_ident(on_column) || ')') AS asked
            WHERE NOT CASE WHEN on_column IS NULL THEN has_table_privilege(role.name, c.oid, privilege)
                           ELSE has_column_privilege(role.name, c.oid, on_column, privilege) END
            UNION ALL
            SELECT format('USAGE on sequence %s: GRANT USAGE ON SEQUENCE %s TO %I', c.oid::regclass, c.oid::regclass, role.name)
            FROM role, unnest(\(textArray: needs.sequences)) AS needed (name) JOIN pg_class AS c ON c.oid = to_regclass(needed.name)
            WHERE NOT has_sequence_privilege(role.name, c.oid, 'USAGE')
            UNION ALL
            SELECT format('EXECUTE on function %s: GRANT EXECUTE ON FUNCTION %s TO %I', f.oid::regprocedure, f.oid::regprocedure, role.name)
            FROM role, unnest(\(textArray: needs.functions)) AS needed (name) JOIN pg_proc AS f ON f.oid = to_regproc(needed.name)
            WHERE NOT has_function_privilege(role.name, f.oid, 'EXECUTE')
            """, read: { try $0.text() })
    }
}
