-- Snapshot: import.restore
CREATE INDEX posts_feed ON posts (discovered_at)
