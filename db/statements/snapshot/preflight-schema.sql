-- Snapshot: snapshot.preflight-schema
SELECT format('USAGE on schema %I: GRANT USAGE ON SCHEMA %I TO %I', s, s, current_user)
FROM unnest(string_to_array(replace(replace(current_setting('search_path'), '"$user"', current_user), ' ', ''), ',')) AS s
JOIN pg_namespace AS n ON n.nspname = s
WHERE NOT has_schema_privilege(n.oid, 'USAGE')
UNION ALL
SELECT format('SELECT on table schema_migrations: GRANT SELECT ON schema_migrations TO %I', current_user)
WHERE to_regclass('schema_migrations') IS NOT NULL AND NOT has_table_privilege('schema_migrations', 'SELECT')
