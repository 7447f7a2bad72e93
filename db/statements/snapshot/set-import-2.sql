-- Snapshot: snapshot.set-import-2
SET LOCAL maintenance_work_mem = '256MB'
