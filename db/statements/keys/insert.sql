-- Store: keys.insert
-- $1 text, $2 text, $3 text, $4 text[], $5 text, $6 text, $7 text, $8 timestamptz
INSERT INTO access_keys (prefix, digest, name, scopes, view, owner, created_by, expires_at)
VALUES ($1, decode($2, 'hex'), $3, $4, $5,
        $6, $7, $8)
RETURNING id, prefix, encode(digest, 'hex'), name, scopes, view, owner, created_by, created_at, expires_at, revoked_at, last_used_at
