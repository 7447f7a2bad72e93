-- Schema: schema.lock
SELECT pg_try_advisory_xact_lock(x'786d6f6e69746f72'::BIGINT)
