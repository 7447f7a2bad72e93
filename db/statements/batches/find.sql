-- Store: batches.find
-- $1 text, $2 text
SELECT kind, body_hash, id, received_at, outcomes FROM batches
WHERE ingest_key = $1 AND idempotency_key = $2
