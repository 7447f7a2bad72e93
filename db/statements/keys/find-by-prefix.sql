-- Store: keys.find-by-prefix
-- $1 text
SELECT id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at FROM access_keys WHERE prefix = $1 ORDER BY id
