-- Snapshot: snapshot.set-validation-2
SET LOCAL DateStyle = 'ISO'
