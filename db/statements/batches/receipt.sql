-- Store: batches.receipt
-- $1 int8
SELECT id, kind, received_at, ingest_key, source, body_hash, idempotency_key, label, undone_at,
       inserted::BIGINT, updated::BIGINT, unchanged::BIGINT, stale::BIGINT, rejected::BIGINT,
       coalesce(blocked, 0)::BIGINT, coalesce(erased, 0)::BIGINT
FROM batches WHERE id = $1
