-- Snapshot: import.begin
-- $1 text, $2 text, $3 timestamptz
INSERT INTO batches (kind, label, snapshot_hash, received_at)
VALUES ('import', $1, $2, $3) RETURNING id
