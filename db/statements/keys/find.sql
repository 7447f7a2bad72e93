-- Store: keys.find
-- $1 int8
SELECT id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at FROM access_keys WHERE id = $1 ORDER BY id
