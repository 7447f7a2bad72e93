-- Snapshot: import.clock
-- $1 text, $2 text, $3 timestamptz
SELECT coalesce(
    (SELECT received_at FROM batches WHERE label = $1 AND undone_at IS NULL),
    (SELECT min(staged_at) FROM import_stages
     WHERE snapshot_hash = $2 AND staged_at < $3),
    clock_timestamp())
