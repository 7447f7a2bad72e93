-- Snapshot: import.record-stage
-- $1 text, $2 text, $3 int8, $4 int8, $5 timestamptz, $6 jsonb
INSERT INTO import_stages (target, snapshot_hash, staged_rows, reject_bytes, staged_at, tally)
VALUES ($1, $2, $3, $4,
        $5, $6)
