-- Snapshot: snapshot.unstage.watch_accounts
DROP TABLE IF EXISTS incoming_watch_accounts
