-- Store: runs.list
-- $1 timestamptz, $2 timestamptz, $3 text[], $4 timestamptz, $5 text, $6 text, $7 int8
SELECT run_at, mode, source, fetched_count, significant_count, reported_count, CASE WHEN fits THEN note END, fits
FROM (SELECT *, row_number() OVER sofar = 1 OR coalesce(sum(octet_length(note)::BIGINT) OVER sofar, 0) <= 4194304 AS fits
      FROM (SELECT * FROM pipeline_runs WHERE true AND run_at >= $1 AND run_at <= $2 AND mode = ANY($3) AND (run_at, mode COLLATE "C", source COLLATE "C") < ($4, $5, $6)
            ORDER BY run_at DESC, mode COLLATE "C" DESC, source COLLATE "C" DESC LIMIT $7) AS runs
      WINDOW sofar AS (ORDER BY run_at DESC, mode COLLATE "C" DESC, source COLLATE "C" DESC ROWS UNBOUNDED PRECEDING)) AS runs
ORDER BY run_at DESC, mode COLLATE "C" DESC, source COLLATE "C" DESC
