-- Store: freshness.modes
-- $1 text[]
SELECT mode.name, recent.last_run_at, CASE WHEN recent.gaps >= 2 AND mode.name <> 'manual' THEN recent.usual_gap END
FROM unnest($1) WITH ORDINALITY AS mode (name, place) CROSS JOIN LATERAL (
    SELECT max(run_at) AS last_run_at, count(gap) AS gaps, percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) AS usual_gap
    FROM (
        SELECT run_at, (extract(EPOCH FROM run_at - lag(run_at) OVER (PARTITION BY source ORDER BY run_at)) * 1000000)::BIGINT AS gap
        FROM (
            SELECT run_at, source FROM pipeline_runs
            WHERE pipeline_runs.mode = mode.name AND run_at <= now() ORDER BY run_at DESC LIMIT 21) AS runs) AS gaps) AS recent
ORDER BY mode.place
