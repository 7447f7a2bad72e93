-- Snapshot: snapshot.copy.embeddings
COPY incoming_embeddings (row_number, status_id, backend, model, vector_json, dims, text_hash, updated_at, created_at) FROM STDIN (FORMAT binary)
