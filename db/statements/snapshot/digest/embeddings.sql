-- Snapshot: snapshot.digest.embeddings
SELECT
    mod(mod(coalesce(sum(coalesce(hashtextextended(status_id, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(backend, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(model, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(jsonb_hash_extended(vector_json, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashint4extended(dims, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(hashtextextended(text_hash, k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(timestamp_hash_extended(updated_at AT TIME ZONE 'UTC', k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT,
    mod(mod(coalesce(sum(coalesce(timestamp_hash_extended(created_at AT TIME ZONE 'UTC', k), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT
FROM (SELECT *, hashtextextended(status_id, 0) AS k FROM embeddings AS r) AS rows
