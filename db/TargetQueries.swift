internal import Postgres

/// One row per thing that is wrong with the database or with what this role's sessions begin with.
enum TargetQueries {
    struct Fault: Sendable {
        var text: String
        /// Whether reading goes all the same.
        var isAboutWriting: Bool
    }

    private static let fault: @Sendable (inout RowReader) throws -> Fault = { row in
        Fault(text: try row.text(), isAboutWriting: try row.bool())
    }

    /// The database and its settings. What the connection string sets is not mended by the role.
    static let database = Statement(
        "schema.target",
        """
        SELECT format('The database %I is encoded in %s, but posts are UTF-8. Make another one and name it in DATABASE_URL:'
                      ' CREATE DATABASE %I TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C''',
                      current_database(), current_setting('server_encoding'), current_database() || '_utf8'), false
        WHERE current_setting('server_encoding') <> 'UTF8'
        UNION ALL
        SELECT 'The server was built without ICU, which search folds upper and lower case with. Use one that has it.', false
        WHERE to_regcollation('pg_catalog."und-x-icu"') IS NULL AND current_setting('server_encoding') = 'UTF8'
        UNION ALL
        SELECT 'The server is a standby, where nothing can be written. Name the primary in DATABASE_URL,'
               ' or all hosts with target_session_attrs=read-write.', true
        WHERE pg_is_in_recovery()
        UNION ALL
        SELECT format('%s is %s for the role %I, so that %s. ', name, current_setting(name), session_user, effect)
               || CASE WHEN (SELECT source FROM pg_settings WHERE pg_settings.name = needed.name) = 'client'
                       THEN 'Take it out of the options of DATABASE_URL or out of PGOPTIONS.'
                       ELSE format('ALTER ROLE %I IN DATABASE %I SET %s = %s', session_user, current_database(), name, value) END,
               is_about_writing
        FROM (VALUES ('default_transaction_read_only', 'off', 'nothing can be written', true),
                     ('session_replication_role', 'origin', 'neither triggers nor foreign keys work', false),
                     ('gin_fuzzy_search_limit', '0', 'a search finds some of the posts', false),
                     ('transform_null_equals', 'off', 'conditions mean something else', false),
                     ('standard_conforming_strings', 'on', 'texts in statements mean something else', false),
                     ('exit_on_error', 'off', 'every error ends the session', false)) AS needed (name, value, effect, is_about_writing)
        WHERE current_setting(name) <> value
        """, read: fault)

    /// Whether sessions find the archive, and nothing else in its place.
    static func searchPath(_ purpose: Target.Purpose) -> Statement<Fault> {
        Statement(
            "schema.target-search-path",
            """
            WITH named AS (
                SELECT n.oid AS schema FROM unnest(string_to_array(replace(replace(
                    current_setting('search_path'), '"$user"', quote_ident(current_user)), ' ', ''), ',')) AS s (name)
                JOIN pg_namespace AS n ON s.name IN (n.nspname, quote_ident(n.nspname))
            ), path AS (
                SELECT quote_literal(current_setting('search_path')) AS text,
                       (SELECT source FROM pg_settings WHERE name = 'search_path') = 'client' AS is_chosen,
                       EXISTS (SELECT FROM named) AS leads_somewhere
            ), ledger AS (
                SELECT relnamespace AS schema, relnamespace::regnamespace::TEXT AS name
                FROM pg_class WHERE oid = to_regclass('schema_migrations')
            ), elsewhere AS (
                SELECT relnamespace::regnamespace::TEXT AS name FROM pg_class AS c
                WHERE relname = 'schema_migrations' AND relkind = 'r' AND NOT EXISTS (SELECT FROM ledger)
                  AND EXISTS (SELECT FROM pg_class WHERE relname = 'posts' AND relnamespace = c.relnamespace)
                  -- A path that leads there without the privilege is as it should be: who checks privileges names that one.
                  AND (relnamespace NOT IN (SELECT schema FROM named) OR has_schema_privilege(relnamespace, 'USAGE'))
            ), remedy AS (
                SELECT format('ALTER ROLE %I IN DATABASE %I SET search_path = ', session_user, current_database()) AS text
            )
            SELECT format('The archive is in the schema %s, to which the search_path %s of the role %I does not lead. %s',
                          elsewhere.name, path.text, session_user, remedy.text || elsewhere.name), false
            FROM elsewhere, path, remedy WHERE NOT path.is_chosen
            UNION ALL
            SELECT format('The search_path %s of the role %I leads to no schema. %s%s', path.text, session_user,
                          CASE WHEN to_regnamespace('public') IS NULL THEN 'CREATE SCHEMA public; ' END, remedy.text || 'public'), false
            FROM path, remedy WHERE NOT path.leads_somewhere AND (path.is_chosen OR NOT EXISTS (SELECT FROM elsewhere))
            UNION ALL
            SELECT format('The table %I.%I comes before that of the archive, which is in the schema %s. %s',
                          other.relnamespace::regnamespace::TEXT, c.relname, ledger.name, remedy.text || ledger.name), false
            FROM pg_class AS c JOIN ledger ON c.relnamespace = ledger.schema
            JOIN pg_class AS other ON other.oid = to_regclass(quote_ident(c.relname)) AND other.oid <> c.oid, remedy
            WHERE c.relkind = 'r' AND c.relname = ANY(\(textArray: tables))
            UNION ALL
            SELECT format('Another function comes before %s of the archive. %s', p.oid::regprocedure, remedy.text || ledger.name), false
            FROM pg_proc AS p JOIN ledger ON p.pronamespace = ledger.schema, remedy
            WHERE p.proname = ANY(\(textArray: functions)) AND NOT pg_function_is_visible(p.oid)
            UNION ALL
            SELECT format('What is in the schema %I comes before what Postgres brings. %s', schemas.name,
                          remedy.text || coalesce((SELECT ledger.name FROM ledger), 'public')), false
            FROM unnest(current_schemas(true)) WITH ORDINALITY AS schemas (name, place), remedy
            WHERE schemas.place < array_position(current_schemas(true), 'pg_catalog') AND NOT starts_with(schemas.name::TEXT, 'pg_temp')
            UNION ALL
            SELECT format('The archive is in the schema %s, but new tables of the role %I would go to the schema %I. %s',
                          ledger.name, session_user, current_schema(), remedy.text || ledger.name), false
            FROM ledger, remedy
            WHERE \(bool: purpose == .schema) AND current_schema() <> (SELECT nspname FROM pg_namespace WHERE oid = ledger.schema)
            """, read: fault)
    }

    /// The operators of pg_trgm, where they are not to be had or not found. Whether the role may create it is another question.
    static let trigrams = Statement(
        "schema.target-trigrams",
        """
        SELECT 'The server does not have the extension pg_trgm. Install it there; it is a part of postgresql-contrib.', false
        WHERE NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
        UNION ALL
        SELECT format('The extension pg_trgm is in the schema %s, to which the search_path does not lead.'
                      ' ALTER ROLE %I IN DATABASE %I SET search_path = %s, %s',
                      e.extnamespace::regnamespace, session_user, current_database(), coalesce(quote_ident(current_schema()), 'public'),
                      e.extnamespace::regnamespace), false
        FROM pg_extension AS e JOIN pg_opclass AS o ON o.opcnamespace = e.extnamespace AND o.opcname = 'gin_trgm_ops'
        WHERE e.extname = 'pg_trgm' AND NOT pg_opclass_is_visible(o.oid)
        """, read: fault)

    private static let tables = Grants.tableNames
    private static let functions = [
        "observation_time", "merged_observed_at", "with_observation", "keep_earlier_text", "posting_rank", "velocity", "trimmed_handle",
    ]
}
