-- Snapshot: snapshot.analyze.watch_accounts
ANALYZE incoming_watch_accounts
