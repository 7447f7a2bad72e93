-- Snapshot: snapshot.differences.embeddings
-- $1 text, $2 text, $3 int8
SELECT concat_ws(' | ', status_id::TEXT), cell.name, cell.expected, cell.found
FROM
    (SELECT true AS is_there, * FROM incoming_embeddings AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM embeddings AS rows) AS f USING (status_id)
    LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM $1) AS writer
        ON writer.id = coalesce(f.updated_by, f.inserted_by)
    LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM $2) AS bringer
        ON bringer.id = f.inserted_by, LATERAL (
    SELECT NULL, CASE WHEN e.is_there THEN 'row' END, CASE WHEN f.is_there THEN 'row' END
    WHERE e.is_there IS DISTINCT FROM f.is_there AND NOT (e.is_there IS NULL AND bringer.id IS NOT NULL)
    UNION ALL
    SELECT name, expected, found FROM (VALUES
        ('backend', e.backend::TEXT, f.backend::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
        ('model', e.model::TEXT, f.model::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
        ('vector_json', e.vector_json::TEXT, f.vector_json::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
        ('dims', e.dims::TEXT, f.dims::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
        ('text_hash', e.text_hash::TEXT, f.text_hash::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
        ('updated_at', e.updated_at::TEXT, f.updated_at::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND (f.updated_at, f.backend COLLATE "C", f.model COLLATE "C", f.text_hash COLLATE "C", f.vector_json) > (e.updated_at, e.backend COLLATE "C", e.model COLLATE "C", e.text_hash COLLATE "C", e.vector_json))),
        ('created_at', e.created_at::TEXT, f.created_at::TEXT, (coalesce(writer.id, bringer.id) IS NOT NULL AND f.created_at < e.created_at))
    ) AS cells (name, expected, found, is_later)
    WHERE e.is_there AND f.is_there AND cells.expected IS DISTINCT FROM cells.found AND is_later IS NOT true
) AS cell (name, expected, found)
ORDER BY concat_ws(' | ', status_id::TEXT) COLLATE "C", cell.name NULLS FIRST LIMIT $3
