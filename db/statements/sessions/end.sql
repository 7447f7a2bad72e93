-- Store: sessions.end
-- $1 text, $2 text
INSERT INTO ended_sessions AS ended (email, ended_before, ended_by) VALUES ($1, clock_timestamp(), $2)
ON CONFLICT (email) DO UPDATE SET ended_before = clock_timestamp(), ended_by = excluded.ended_by
RETURNING ended_before
