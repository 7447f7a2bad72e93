-- Schema: schema.grantee
-- $1 text
SELECT ledger.relnamespace::regnamespace::TEXT, pg_has_role(r.oid, ledger.relowner, 'MEMBER')
FROM pg_roles AS r, pg_class AS ledger
WHERE r.rolname = $1 AND ledger.oid = to_regclass('schema_migrations')
