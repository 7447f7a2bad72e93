-- Snapshot: snapshot.analyze.embeddings
ANALYZE incoming_embeddings
