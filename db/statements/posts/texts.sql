-- Store: posts.texts
-- $1 text[]
SELECT p.status_id, p.author_display, p.body_text, p.url, p.significance_reason, p.source_query FROM (
    SELECT p.*, keys.place, row_number() OVER sofar AS number, sum((coalesce(octet_length(p.author_display), 0) + coalesce(octet_length(p.body_text), 0) + coalesce(octet_length(p.url), 0) + coalesce(octet_length(p.significance_reason), 0) + coalesce(octet_length(p.source_query), 0))::BIGINT) OVER sofar AS bytes
    FROM unnest($1) WITH ORDINALITY AS keys (status_id, place) JOIN posts AS p USING (status_id)
    WINDOW sofar AS (ORDER BY keys.place)) AS p
WHERE p.number = 1 OR p.bytes <= 4194304 ORDER BY p.place
