-- Snapshot: snapshot.load.embeddings
-- $1 int8
WITH
    written AS (
        INSERT INTO embeddings AS stored (status_id, backend, model, vector_json, dims, text_hash, updated_at, created_at, inserted_by)
        SELECT news.status_id, news.backend, news.model, news.vector_json, news.dims, news.text_hash,
            news.updated_at, news.created_at, $1
        FROM incoming_embeddings AS news LEFT JOIN embeddings AS stored USING (status_id)
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
            changed_before = CASE WHEN stored.updated_by IS NULL THEN stored.changed_before
                ELSE array_append(stored.changed_before, stored.updated_by) END,
            updated_by = excluded.inserted_by
        WHERE ((excluded.updated_at, excluded.backend COLLATE "C", excluded.model COLLATE "C", excluded.text_hash COLLATE "C", excluded.vector_json) > (stored.updated_at, stored.backend COLLATE "C", stored.model COLLATE "C", stored.text_hash COLLATE "C", stored.vector_json)
                OR excluded.created_at < stored.created_at)
        RETURNING xmax = 0 AS is_new
    )
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
