-- Snapshot: import.clock-of-last
-- $1 text
SELECT coalesce(max(received_at), clock_timestamp()) FROM batches WHERE snapshot_hash = $1 AND undone_at IS NULL
