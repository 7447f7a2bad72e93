-- Store: reports.one
-- $1 text
SELECT status_id, reported_at, channel, summary, destination FROM reports WHERE status_id = $1
