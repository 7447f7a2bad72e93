-- Snapshot: snapshot.count.embeddings
SELECT count(*) FROM incoming_embeddings
