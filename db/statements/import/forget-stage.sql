-- Snapshot: import.forget-stage
-- $1 text
DELETE FROM import_stages WHERE target = $1
