-- Snapshot: snapshot.preflight
-- $1 text[], $2 text[], $3 text[], $4 bool, $5 text[], $6 bool, $7 bool
SELECT format('%s on table %s: GRANT %s ON %s TO %I', privilege, t, privilege, t, current_user)
FROM unnest($1, $2) AS needed (t, privilege)
WHERE NOT has_table_privilege(t, privilege)
UNION ALL
SELECT format('EXECUTE on function %s: GRANT EXECUTE ON FUNCTION %s TO %I', f.oid::regprocedure, f.oid::regprocedure, current_user)
FROM unnest($3) AS name JOIN pg_proc AS f ON f.oid = to_regproc(name)
WHERE NOT has_function_privilege(f.oid, 'EXECUTE')
UNION ALL
SELECT format('ownership of %s, which %I left from an import that broke off: finish it as %I, or DROP TABLE %s',
              c.oid::regclass, pg_get_userbyid(c.relowner), pg_get_userbyid(c.relowner), c.oid::regclass)
FROM pg_class AS c WHERE $4 AND c.oid IN (SELECT to_regclass(name) FROM unnest($5) AS name)
  AND NOT pg_has_role(c.relowner, 'USAGE')
UNION ALL
SELECT format('CREATE on schema %I, for the staging tables: GRANT CREATE ON SCHEMA %I TO %I', current_schema(), current_schema(), current_user)
WHERE $6 AND NOT has_schema_privilege(current_schema(), 'CREATE')
UNION ALL
SELECT format('TEMPORARY on database %I, for the staging tables: GRANT TEMPORARY ON DATABASE %I TO %I',
              current_database(), current_database(), current_user)
WHERE $7 AND NOT has_database_privilege(current_database(), 'TEMPORARY')
