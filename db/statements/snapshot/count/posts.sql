-- Snapshot: snapshot.count.posts
SELECT count(*) FROM incoming_posts
