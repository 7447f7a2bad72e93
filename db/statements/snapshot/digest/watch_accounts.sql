-- Snapshot: snapshot.digest.watch_accounts
SELECT
    mod(mod(coalesce(sum(coalesce(hashtextextended(handle, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(tier, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(note, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(timestamp_hash_extended(added_at AT TIME ZONE 'UTC', k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT
FROM (SELECT *, hashtextextended(handle, 0) AS k FROM watch_accounts AS r) AS rows
