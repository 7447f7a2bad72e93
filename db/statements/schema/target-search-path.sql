-- Schema: schema.target-search-path
-- $1 text[], $2 text[], $3 bool
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
WHERE c.relkind = 'r' AND c.relname = ANY($1)
UNION ALL
SELECT format('Another function comes before %s of the archive. %s', p.oid::regprocedure, remedy.text || ledger.name), false
FROM pg_proc AS p JOIN ledger ON p.pronamespace = ledger.schema, remedy
WHERE p.proname = ANY($2) AND NOT pg_function_is_visible(p.oid)
UNION ALL
SELECT format('What is in the schema %I comes before what Postgres brings. %s', schemas.name,
              remedy.text || coalesce((SELECT ledger.name FROM ledger), 'public')), false
FROM unnest(current_schemas(true)) WITH ORDINALITY AS schemas (name, place), remedy
WHERE schemas.place < array_position(current_schemas(true), 'pg_catalog') AND NOT starts_with(schemas.name::TEXT, 'pg_temp')
UNION ALL
SELECT format('The archive is in the schema %s, but new tables of the role %I would go to the schema %I. %s',
              ledger.name, session_user, current_schema(), remedy.text || ledger.name), false
FROM ledger, remedy
WHERE $3 AND current_schema() <> (SELECT nspname FROM pg_namespace WHERE oid = ledger.schema)
