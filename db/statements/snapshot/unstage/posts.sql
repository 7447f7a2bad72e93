-- Snapshot: snapshot.unstage.posts
DROP TABLE IF EXISTS incoming_posts
