-- Store: keys.all
SELECT id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at FROM access_keys ORDER BY id
