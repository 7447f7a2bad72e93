-- Store: reports.some
-- $1 text[]
SELECT r.status_id, r.reported_at, CASE WHEN r.fits THEN r.channel END, CASE WHEN r.fits THEN r.summary END,
       CASE WHEN r.fits THEN r.destination END, r.fits
FROM (SELECT r.*, row_number() OVER sofar = 1 OR sum((coalesce(octet_length(r.channel), 0) + coalesce(octet_length(r.summary), 0) + coalesce(octet_length(r.destination), 0))::BIGINT) OVER sofar <= 4194304 AS fits
      FROM unnest($1) WITH ORDINALITY AS keys (status_id, place) JOIN reports AS r USING (status_id)
      WINDOW sofar AS (ORDER BY keys.place)) AS r
