-- Store: schema.version-beside
-- $1 int8
SELECT coalesce(max(version), 0)::BIGINT,
       coalesce(max(coalesce((to_jsonb(ledger) ->> 'compatible_from')::INTEGER, version))
                FILTER (WHERE version > $1), 0)::BIGINT
FROM schema_migrations AS ledger
