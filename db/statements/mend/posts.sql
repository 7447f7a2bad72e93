-- Store: mend.posts
UPDATE posts AS p SET
    discovered_at = CASE WHEN p.discovered_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = p.inserted_by), p.created_at)) ELSE p.discovered_at END,
    last_seen_at = CASE WHEN p.last_seen_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce(p.seen_by, p.inserted_by)), p.created_at)) ELSE p.last_seen_at END,
    refresh_24h_at = CASE WHEN p.refresh_24h_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce((p.set_by ->> 'refresh_24h_at')::BIGINT, p.seen_by, p.inserted_by)), p.created_at)) ELSE p.refresh_24h_at END,
    observed_at = (SELECT jsonb_object_agg(o.key, to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
         FROM (SELECT o.key, CASE WHEN o.value::TIMESTAMPTZ > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce((p.set_by ->> o.key)::BIGINT, p.seen_by, p.inserted_by)), p.created_at)) ELSE o.value::TIMESTAMPTZ END AS at FROM jsonb_each_text(p.observed_at) AS o) AS o
         WHERE o.at IS DISTINCT FROM CASE WHEN p.last_seen_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce(p.seen_by, p.inserted_by)), p.created_at)) ELSE p.last_seen_at END),
    updated_at = now()
FROM held_posts WHERE p.status_id = held_posts.status_id
