-- Snapshot: import.forget-stages
DELETE FROM import_stages
