-- Snapshot: snapshot.copy.watch_accounts
COPY incoming_watch_accounts (row_number, handle, tier, note, added_at) FROM STDIN (FORMAT binary)
