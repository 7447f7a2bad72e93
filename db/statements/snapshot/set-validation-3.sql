-- Snapshot: snapshot.set-validation-3
SET LOCAL work_mem = '256MB'
