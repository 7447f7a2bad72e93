-- Store: changes.lock
SELECT pg_advisory_xact_lock(x'6368616e676573'::BIGINT)
