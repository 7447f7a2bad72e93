-- Snapshot: snapshot.digest.reports
SELECT
    mod(mod(coalesce(sum(coalesce(hashtextextended(status_id, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(timestamp_hash_extended(reported_at AT TIME ZONE 'UTC', k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(channel, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(summary, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(destination, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(jsonb_hash_extended(observed_at, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT
FROM (SELECT *, hashtextextended(status_id, 0) AS k FROM reports AS r) AS rows
