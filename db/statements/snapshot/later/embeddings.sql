-- Snapshot: snapshot.later.embeddings
-- $1 text, $2 text
SELECT
    count(*) FILTER (WHERE (e.is_there IS NULL AND bringer.id IS NOT NULL)),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.backend IS DISTINCT FROM f.backend AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.model IS DISTINCT FROM f.model AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.vector_json IS DISTINCT FROM f.vector_json AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.dims IS DISTINCT FROM f.dims AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.text_hash IS DISTINCT FROM f.text_hash AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.updated_at IS DISTINCT FROM f.updated_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.created_at IS DISTINCT FROM f.created_at AND (coalesce(writer.id, bringer.id) IS NOT NULL AND f.created_at < e.created_at))
FROM
    (SELECT true AS is_there, * FROM incoming_embeddings AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM embeddings AS rows) AS f USING (status_id)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by
