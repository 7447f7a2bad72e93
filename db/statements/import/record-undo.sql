-- Snapshot: import.record-undo
-- $1 int8
UPDATE batches SET undone_at = now() WHERE id = $1
