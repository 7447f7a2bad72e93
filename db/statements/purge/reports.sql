-- Store: purge.reports
-- $1 text[]
DELETE FROM reports WHERE status_id = ANY($1)
