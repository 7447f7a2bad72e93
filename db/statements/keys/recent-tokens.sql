-- Store: keys.recent-tokens
-- $1 text
SELECT count(*) FROM access_keys
WHERE owner = $1 AND coalesce(least(expires_at, revoked_at) > now() - INTERVAL '1 day', true)
