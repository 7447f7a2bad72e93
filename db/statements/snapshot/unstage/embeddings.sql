-- Snapshot: snapshot.unstage.embeddings
DROP TABLE IF EXISTS incoming_embeddings
