-- Store: blocks.delete
-- $1 text
DELETE FROM blocked_handles WHERE handle = $1
