-- Snapshot: snapshot.staged.pipeline_runs
-- $1 text
SELECT to_regclass($1) IS NOT NULL
