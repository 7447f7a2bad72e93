-- Snapshot: import.suspend
DROP INDEX posts_feed
