-- Snapshot: import.undone
SELECT id FROM batches WHERE kind = 'import' AND undone_at IS NOT NULL ORDER BY id
