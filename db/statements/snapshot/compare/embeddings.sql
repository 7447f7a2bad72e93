-- Snapshot: snapshot.compare.embeddings
SELECT
    count(*) FILTER (WHERE e.is_there),
    count(*) FILTER (WHERE f.is_there),
    count(*) FILTER (WHERE f.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there IS NULL),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.backend IS DISTINCT FROM f.backend),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.model IS DISTINCT FROM f.model),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.vector_json IS DISTINCT FROM f.vector_json),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.dims IS DISTINCT FROM f.dims),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.text_hash IS DISTINCT FROM f.text_hash),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.updated_at IS DISTINCT FROM f.updated_at),
    count(*) FILTER (WHERE e.is_there AND f.is_there AND e.created_at IS DISTINCT FROM f.created_at)
FROM
    (SELECT true AS is_there, * FROM incoming_embeddings AS rows) AS e
    FULL JOIN (SELECT true AS is_there, * FROM embeddings AS rows) AS f USING (status_id)
