-- Store: future.posts-observed_at
SELECT count(*) OVER (), status_id, (SELECT max(o.value::TIMESTAMPTZ) FROM jsonb_each_text(r.observed_at) AS o) FROM posts AS r
WHERE (SELECT max(o.value::TIMESTAMPTZ) FROM jsonb_each_text(r.observed_at) AS o) > (now() + INTERVAL '600 seconds') ORDER BY status_id COLLATE "C", 3 LIMIT 10
