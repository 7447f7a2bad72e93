-- Snapshot: snapshot.analyze.posts
ANALYZE incoming_posts
