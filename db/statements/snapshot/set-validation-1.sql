-- Snapshot: snapshot.set-validation-1
SET LOCAL TimeZone = 'UTC'
