-- Snapshot: import.find
-- $1 text
SELECT id, snapshot_hash FROM batches WHERE label = $1 AND undone_at IS NULL
