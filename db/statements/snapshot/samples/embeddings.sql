-- Snapshot: snapshot.samples.embeddings
-- $1 int8, $2 int8
WITH chosen AS MATERIALIZED (
    SELECT *, concat_ws(' | ', e.status_id::TEXT) AS key_text FROM incoming_embeddings AS e
    ORDER BY hashtextextended(concat_ws(' | ', e.status_id::TEXT), $1), key_text LIMIT $2
)
SELECT e.key_text, ARRAY[e.status_id::TEXT, e.backend::TEXT, e.model::TEXT, e.vector_json::TEXT, e.dims::TEXT, e.text_hash::TEXT, e.updated_at::TEXT, e.created_at::TEXT],
    CASE WHEN f.status_id IS NULL THEN '{}' ELSE ARRAY[f.status_id::TEXT, f.backend::TEXT, f.model::TEXT, f.vector_json::TEXT, f.dims::TEXT, f.text_hash::TEXT, f.updated_at::TEXT, f.created_at::TEXT] END
FROM chosen AS e LEFT JOIN embeddings AS f ON f.status_id = e.status_id ORDER BY e.key_text COLLATE "C"
