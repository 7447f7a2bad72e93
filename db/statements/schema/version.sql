-- Store: schema.version
SELECT coalesce(max(version), 0)::BIGINT FROM schema_migrations
