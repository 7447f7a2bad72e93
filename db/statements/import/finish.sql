-- Snapshot: import.finish
-- $1 jsonb, $2 int8
UPDATE batches SET summary = $1 WHERE id = $2 AND summary IS NULL
