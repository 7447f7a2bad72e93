-- Store: blocks.enter-alone
SELECT pg_advisory_xact_lock(x'626c6f636b73'::BIGINT)
