-- Store: blocks.find
-- $1 text[]
SELECT handle FROM blocked_handles WHERE handle = ANY($1)
