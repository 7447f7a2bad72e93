-- Store: access.keys
SELECT id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at,
       CASE WHEN revoked_at <= now() THEN to_timestamp(0) ELSE revoked_at END, last_used_at
FROM access_keys
WHERE coalesce(least(expires_at, revoked_at) > now() - CASE WHEN owner IS NULL THEN INTERVAL '90 days' ELSE INTERVAL '1 day' END, true)
