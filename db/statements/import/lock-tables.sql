-- Snapshot: import.lock-tables
LOCK TABLE posts, post_metrics_snapshots IN ACCESS EXCLUSIVE MODE
