-- Snapshot: import.stage
-- $1 text
SELECT snapshot_hash, staged_rows, reject_bytes, staged_at, tally FROM import_stages WHERE target = $1
