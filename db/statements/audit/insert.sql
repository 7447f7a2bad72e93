-- Store: audit.insert
-- $1 text[], $2 text[], $3 text[], $4 jsonb[]
INSERT INTO audit_events (action, principal, subject, details)
SELECT * FROM unnest($1, $2,
                     $3, $4)
