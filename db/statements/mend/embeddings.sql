-- Store: mend.embeddings
WITH held AS MATERIALIZED (
    SELECT status_id FROM embeddings AS r WHERE greatest(r.updated_at, r.created_at) > (now() + INTERVAL '600 seconds') ORDER BY status_id FOR NO KEY UPDATE
), mended AS (
    UPDATE embeddings AS r SET
        updated_at = CASE WHEN r.updated_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce(r.updated_by, r.inserted_by)), now())) ELSE r.updated_at END,
        created_at = CASE WHEN r.created_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = r.inserted_by), now())) ELSE r.created_at END
    FROM held WHERE r.status_id = held.status_id AND greatest(r.updated_at, r.created_at) > (now() + INTERVAL '600 seconds')
    RETURNING 1
)
SELECT count(*), 0::BIGINT FROM mended
