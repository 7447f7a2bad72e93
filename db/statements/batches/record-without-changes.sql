-- Store: batches.record-without-changes
-- $1 int8, $2 text, $3 text, $4 text, $5 text, $6 text, $7 jsonb, $8 int4, $9 int4, $10 int4, $11 int4, $12 int4, $13 int4, $14 int4

INSERT INTO batches
    (id, kind, ingest_key, source, body_hash, idempotency_key, outcomes, inserted, updated, unchanged, stale, blocked, erased, rejected)
VALUES ($1, $2, $3, $4, $5,
        $6, $7, $8, $9,
        $10, $11, $12, $13,
        $14)
