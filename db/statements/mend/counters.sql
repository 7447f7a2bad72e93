-- Store: mend.counters
UPDATE posts AS p SET
    likes = coalesce(likes.value, p.likes), reposts = coalesce(reposts.value, p.reposts), replies = coalesce(replies.value, p.replies), views = coalesce(views.value, p.views),
    observed_at = with_observation(with_observation(with_observation(with_observation(p.observed_at, 'likes', likes.at, p.last_seen_at), 'reposts', reposts.at, p.last_seen_at), 'replies', replies.at, p.last_seen_at), 'views', views.at, p.last_seen_at),
    set_by = nullif(coalesce(p.set_by, '{}') || jsonb_strip_nulls(jsonb_build_object(
        'likes', CASE WHEN likes.value <> p.likes THEN likes.batch END,
        'reposts', CASE WHEN reposts.value <> p.reposts THEN reposts.batch END,
        'replies', CASE WHEN replies.value <> p.replies THEN replies.batch END,
        'views', CASE WHEN views.value <> p.views THEN views.batch END)), '{}')
FROM held_posts
LEFT JOIN LATERAL (
    SELECT s.likes AS value, s.snapshot_at AS at, coalesce(s.updated_by, s.inserted_by) AS batch
    FROM post_metrics_snapshots AS s
    WHERE s.status_id = held_posts.status_id AND coalesce(s.observed, 15) & 1 <> 0
    ORDER BY s.snapshot_at DESC, s.likes DESC LIMIT 1
) AS likes ON true
LEFT JOIN LATERAL (
    SELECT s.reposts AS value, s.snapshot_at AS at, coalesce(s.updated_by, s.inserted_by) AS batch
    FROM post_metrics_snapshots AS s
    WHERE s.status_id = held_posts.status_id AND coalesce(s.observed, 15) & 2 <> 0
    ORDER BY s.snapshot_at DESC, s.reposts DESC LIMIT 1
) AS reposts ON true
LEFT JOIN LATERAL (
    SELECT s.replies AS value, s.snapshot_at AS at, coalesce(s.updated_by, s.inserted_by) AS batch
    FROM post_metrics_snapshots AS s
    WHERE s.status_id = held_posts.status_id AND coalesce(s.observed, 15) & 4 <> 0
    ORDER BY s.snapshot_at DESC, s.replies DESC LIMIT 1
) AS replies ON true
LEFT JOIN LATERAL (
    SELECT s.views AS value, s.snapshot_at AS at, coalesce(s.updated_by, s.inserted_by) AS batch
    FROM post_metrics_snapshots AS s
    WHERE s.status_id = held_posts.status_id AND coalesce(s.observed, 15) & 8 <> 0
    ORDER BY s.snapshot_at DESC, s.views DESC LIMIT 1
) AS views ON true
WHERE p.status_id = held_posts.status_id
