-- Snapshot: snapshot.stage.embeddings-temporary
CREATE TEMPORARY TABLE incoming_embeddings (
    row_number BIGINT NOT NULL,
    status_id TEXT COLLATE "C",
    backend TEXT COLLATE "C",
    model TEXT COLLATE "C",
    vector_json JSONB,
    dims INTEGER,
    text_hash TEXT COLLATE "C",
    updated_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ
) ON COMMIT DROP
