-- Snapshot: snapshot.drop-news
DROP TABLE incoming_history
