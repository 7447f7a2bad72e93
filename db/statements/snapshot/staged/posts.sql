-- Snapshot: snapshot.staged.posts
-- $1 text
SELECT to_regclass($1) IS NOT NULL
