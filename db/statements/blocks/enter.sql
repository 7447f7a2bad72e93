-- Store: blocks.enter
SELECT pg_advisory_xact_lock_shared(x'626c6f636b73'::BIGINT)
