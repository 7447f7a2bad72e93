-- Store: provenance.texts
-- $1 text
SELECT CASE WHEN fits THEN body_text END, replaced_at, replaced_by, fits
FROM (SELECT *, row_number() OVER sofar = 1
                OR coalesce(sum(octet_length(body_text)::BIGINT) OVER sofar, 0) <= 4194304 AS fits
      FROM (SELECT * FROM earlier_texts WHERE status_id = $1
            ORDER BY replaced_at DESC, replaced_by DESC LIMIT 10001) AS newest
      WINDOW sofar AS (ORDER BY replaced_at DESC, replaced_by DESC ROWS UNBOUNDED PRECEDING)) AS texts
ORDER BY replaced_at DESC, replaced_by DESC
