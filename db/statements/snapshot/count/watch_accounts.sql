-- Snapshot: snapshot.count.watch_accounts
SELECT count(*) FROM incoming_watch_accounts
