-- Store: keys.revoke
-- $1 int8, $2 text, $3 int8
UPDATE access_keys
SET revoked_at = least(revoked_at, now() + $1 * INTERVAL '1 second'), revoked_by = $2
WHERE id = $3
RETURNING id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at
