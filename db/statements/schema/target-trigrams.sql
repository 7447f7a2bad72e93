-- Schema: schema.target-trigrams
SELECT 'The server does not have the extension pg_trgm. Install it there; it is a part of postgresql-contrib.', false
WHERE NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
UNION ALL
SELECT format('The extension pg_trgm is in the schema %s, to which the search_path does not lead.'
              ' ALTER ROLE %I IN DATABASE %I SET search_path = %s, %s',
              e.extnamespace::regnamespace, session_user, current_database(), coalesce(quote_ident(current_schema()), 'public'),
              e.extnamespace::regnamespace), false
FROM pg_extension AS e JOIN pg_opclass AS o ON o.opcnamespace = e.extnamespace AND o.opcname = 'gin_trgm_ops'
WHERE e.extname = 'pg_trgm' AND NOT pg_opclass_is_visible(o.oid)
