-- Store: erase.staging-tables
SELECT relname::TEXT FROM pg_class
WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r' AND relpersistence = 'u' AND relname LIKE 'incoming\_%'
ORDER BY relname
