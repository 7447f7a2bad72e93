-- Snapshot: import.others
-- $1 int8
SELECT EXISTS (SELECT FROM batches WHERE kind = 'import' AND id <> $1)
