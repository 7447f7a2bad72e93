-- Snapshot: snapshot.digest.pipeline_runs
SELECT
    mod(mod(coalesce(sum(coalesce(timestamp_hash_extended(run_at AT TIME ZONE 'UTC', k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(mode, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(source, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint8extended(fetched_count, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint8extended(significant_count, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint8extended(reported_count, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(note, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT
FROM (SELECT *, hashtextextended(source, hashtextextended(mode, timestamp_hash_extended(run_at AT TIME ZONE 'UTC', 0))) AS k FROM pipeline_runs AS r) AS rows
