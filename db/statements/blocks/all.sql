-- Store: blocks.all
SELECT handle, blocked_at, blocked_by FROM blocked_handles ORDER BY handle
