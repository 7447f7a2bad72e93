-- Snapshot: snapshot.analyze-news
ANALYZE incoming_history
