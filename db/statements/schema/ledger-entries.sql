-- Schema: schema.ledger-entries
SELECT version, name, checksum, coalesce((to_jsonb(ledger) ->> 'compatible_from')::INTEGER, version)
FROM schema_migrations AS ledger ORDER BY version
