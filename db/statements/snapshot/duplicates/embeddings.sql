-- Snapshot: snapshot.duplicates.embeddings
DELETE FROM incoming_embeddings WHERE row_number IN (
    SELECT row_number FROM (
        SELECT row_number, row_number() OVER (PARTITION BY status_id ORDER BY row_number DESC) AS place
        FROM incoming_embeddings WHERE (status_id) IN (
            SELECT status_id FROM incoming_embeddings GROUP BY status_id HAVING count(*) > 1)) AS ranked
    WHERE place > 1)
