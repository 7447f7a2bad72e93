-- Store: blocks.insert
-- $1 text, $2 text
INSERT INTO blocked_handles (handle, blocked_by) VALUES ($1, $2) ON CONFLICT DO NOTHING
