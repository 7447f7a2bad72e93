-- Store: mend.hold-posts
CREATE TEMPORARY TABLE held_posts ON COMMIT DROP AS
SELECT status_id FROM posts
WHERE greatest(discovered_at, last_seen_at, refresh_24h_at, (SELECT max(o.value::TIMESTAMPTZ) FROM jsonb_each_text(posts.observed_at) AS o)) > (now() + INTERVAL '600 seconds')
   OR status_id IN (SELECT s.status_id FROM post_metrics_snapshots AS s WHERE s.snapshot_at > (now() + INTERVAL '600 seconds'))
ORDER BY status_id FOR NO KEY UPDATE
