-- Schema: schema.record
-- $1 int8, $2 text, $3 text, $4 int8, $5 int8
INSERT INTO schema_migrations (version, name, checksum, took_us, compatible_from)
VALUES ($1::INTEGER, $2, $3,
        $4, $5::INTEGER)
