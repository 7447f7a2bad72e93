-- Schema: schema.unfinished-index
-- $1 text
SELECT EXISTS (SELECT FROM pg_locks WHERE relation = indrelid AND mode = 'ShareUpdateExclusiveLock' AND granted
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid
