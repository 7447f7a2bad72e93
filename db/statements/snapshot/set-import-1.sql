-- Snapshot: snapshot.set-import-1
SET LOCAL work_mem = '256MB'
