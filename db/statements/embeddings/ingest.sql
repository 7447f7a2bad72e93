-- Store: embeddings.ingest
-- $1 int8, $2 text[], $3 text[], $4 text[], $5 int8[], $6 jsonb[], $7 text[], $8 timestamptz[], $9 timestamptz[]
WITH batch (id) AS (
    SELECT $1
), news AS MATERIALIZED (
    SELECT item, status_id, backend, model, dims::INTEGER, vector_json, text_hash,
           coalesce(created_at, updated_at, now()) AS created_at, coalesce(updated_at, now()) AS updated_at
    FROM unnest(
        $2, $3,
        $4, $5,
        $6, $7,
        $8, $9) WITH ORDINALITY
    AS news (status_id, backend, model, dims, vector_json, text_hash, created_at, updated_at, item)
), known AS MATERIALIZED (
    SELECT news.*, news.updated_at < stored.updated_at AS is_stale
    FROM news JOIN posts USING (status_id) LEFT JOIN embeddings AS stored USING (status_id)
), written AS (
    INSERT INTO embeddings AS stored (status_id, backend, model, dims, vector_json, text_hash, created_at, updated_at, inserted_by)
    SELECT news.status_id, news.backend, news.model, news.dims, news.vector_json, news.text_hash,
        news.created_at, news.updated_at, (SELECT id FROM batch)
    FROM known AS news LEFT JOIN embeddings AS stored USING (status_id)
    WHERE stored.status_id IS NULL OR ((news.updated_at, news.backend COLLATE "C", news.model COLLATE "C", news.text_hash COLLATE "C", news.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json)
            OR news.created_at < stored.created_at)
    ORDER BY news.status_id COLLATE "C"
    ON CONFLICT (status_id) DO UPDATE SET
        updated_at = CASE WHEN (excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json) THEN excluded.updated_at ELSE stored.updated_at END,
        backend = CASE WHEN (excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json) THEN excluded.backend ELSE stored.backend END,
        model = CASE WHEN (excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json) THEN excluded.model ELSE stored.model END,
        text_hash = CASE WHEN (excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json) THEN excluded.text_hash ELSE stored.text_hash END,
        vector_json = CASE WHEN (excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json) THEN excluded.vector_json ELSE stored.vector_json END,
        dims = CASE WHEN (excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json) THEN excluded.dims ELSE stored.dims END,
        created_at = CASE WHEN excluded.created_at < stored.created_at THEN excluded.created_at ELSE stored.created_at END,
        updated_by = excluded.inserted_by
    WHERE ((excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json)
            OR excluded.created_at < stored.created_at)
    RETURNING status_id, xmax = 0 AS is_new
)
SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
FROM news LEFT JOIN known USING (item)
LEFT JOIN written ON (written.status_id) = (news.status_id)
