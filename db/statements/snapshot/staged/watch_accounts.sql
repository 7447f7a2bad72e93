-- Snapshot: snapshot.staged.watch_accounts
-- $1 text
SELECT to_regclass($1) IS NOT NULL
