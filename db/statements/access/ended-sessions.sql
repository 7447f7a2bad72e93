-- Store: access.ended-sessions
SELECT email, ended_before FROM ended_sessions
