-- Store: audit.list
-- $1 timestamptz, $2 timestamptz, $3 int8, $4 int8
SELECT id, at, action, principal, subject, coalesce(details, '{}') FROM audit_events
WHERE true AND at >= $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4
