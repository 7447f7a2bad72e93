-- Snapshot: snapshot.orphans.embeddings
DELETE FROM incoming_embeddings AS staged
WHERE NOT EXISTS (SELECT FROM posts AS known WHERE known.status_id = staged.status_id)
    AND NOT EXISTS (SELECT FROM incoming_posts AS known WHERE known.status_id = staged.status_id)
RETURNING row_number
