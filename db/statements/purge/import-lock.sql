-- Store: purge.import-lock
SELECT pg_advisory_xact_lock(x'736e617073686f74'::BIGINT)
