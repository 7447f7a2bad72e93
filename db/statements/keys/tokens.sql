-- Store: keys.tokens
-- $1 text
SELECT id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at FROM access_keys
WHERE owner = $1 AND coalesce(least(expires_at, revoked_at) > now(), true)
ORDER BY id
