-- Store: batches.record
-- $1 text[], $2 text[], $3 text[], $4 timestamptz[], $5 text[], $6 int8, $7 text, $8 text, $9 text, $10 text, $11 text, $12 jsonb, $13 int4, $14 int4, $15 int4, $16 int4, $17 int4, $18 int4, $19 int4
WITH recorded AS (INSERT INTO changes (kind, status_ids, snapshot_types, snapshot_times) VALUES ('post', $1, NULL, NULL), ('metrics', $2, $3, $4), ('report', $5, NULL, NULL))
INSERT INTO batches
    (id, kind, ingest_key, source, body_hash, idempotency_key, outcomes, inserted, updated, unchanged, stale, blocked, erased, rejected)
VALUES ($6, $7, $8, $9, $10,
        $11, $12, $13, $14,
        $15, $16, $17, $18,
        $19)
