-- Schema: schema.target
SELECT format('The database %I is encoded in %s, but posts are UTF-8. Make another one and name it in DATABASE_URL:'
              ' CREATE DATABASE %I TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C''',
              current_database(), current_setting('server_encoding'), current_database() || '_utf8'), false
WHERE current_setting('server_encoding') <> 'UTF8'
UNION ALL
SELECT 'The server was built without ICU, which search folds upper and lower case with. Use one that has it.', false
WHERE to_regcollation('pg_catalog."und-x-icu"') IS NULL AND current_setting('server_encoding') = 'UTF8'
UNION ALL
SELECT 'The server is a standby, where nothing can be written. Name the primary in DATABASE_URL,'
       ' or all hosts with target_session_attrs=read-write.', true
WHERE pg_is_in_recovery()
UNION ALL
SELECT format('%s is %s for the role %I, so that %s. ', name, current_setting(name), session_user, effect)
       || CASE WHEN (SELECT source FROM pg_settings WHERE pg_settings.name = needed.name) = 'client'
               THEN 'Take it out of the options of DATABASE_URL or out of PGOPTIONS.'
               ELSE format('ALTER ROLE %I IN DATABASE %I SET %s = %s', session_user, current_database(), name, value) END,
       is_about_writing
FROM (VALUES ('default_transaction_read_only', 'off', 'nothing can be written', true),
             ('session_replication_role', 'origin', 'neither triggers nor foreign keys work', false),
             ('gin_fuzzy_search_limit', '0', 'a search finds some of the posts', false),
             ('transform_null_equals', 'off', 'conditions mean something else', false),
             ('standard_conforming_strings', 'on', 'texts in statements mean something else', false),
             ('exit_on_error', 'off', 'every error ends the session', false)) AS needed (name, value, effect, is_about_writing)
WHERE current_setting(name) <> value
