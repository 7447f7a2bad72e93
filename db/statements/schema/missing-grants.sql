-- Schema: schema.missing-grants
-- $1 text, $2 text[], $3 text[], $4 text[], $5 text[], $6 text[]
WITH role (name) AS (
    SELECT coalesce($1, current_user)::NAME
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
FROM role, unnest($2, $3,
                  $4) AS needed (name, privilege, on_column)
JOIN pg_class AS c ON c.oid = to_regclass(needed.name), concat(privilege, ' (' || quote_ident(on_column) || ')') AS asked
WHERE NOT CASE WHEN on_column IS NULL THEN has_table_privilege(role.name, c.oid, privilege)
               ELSE has_column_privilege(role.name, c.oid, on_column, privilege) END
UNION ALL
SELECT format('USAGE on sequence %s: GRANT USAGE ON SEQUENCE %s TO %I', c.oid::regclass, c.oid::regclass, role.name)
FROM role, unnest($5) AS needed (name) JOIN pg_class AS c ON c.oid = to_regclass(needed.name)
WHERE NOT has_sequence_privilege(role.name, c.oid, 'USAGE')
UNION ALL
SELECT format('EXECUTE on function %s: GRANT EXECUTE ON FUNCTION %s TO %I', f.oid::regprocedure, f.oid::regprocedure, role.name)
FROM role, unnest($6) AS needed (name) JOIN pg_proc AS f ON f.oid = to_regproc(needed.name)
WHERE NOT has_function_privilege(role.name, f.oid, 'EXECUTE')
