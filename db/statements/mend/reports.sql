-- Store: mend.reports
WITH held AS MATERIALIZED (
    SELECT status_id FROM reports AS r WHERE greatest(r.reported_at, (SELECT max(o.value::TIMESTAMPTZ) FROM jsonb_each_text(r.observed_at) AS o)) > (now() + INTERVAL '600 seconds') ORDER BY status_id FOR NO KEY UPDATE
), mended AS (
    UPDATE reports AS r SET reported_at = CASE WHEN r.reported_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce(r.updated_by, r.inserted_by)), r.created_at)) ELSE r.reported_at END, observed_at = (SELECT jsonb_object_agg(o.key, to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
         FROM (SELECT o.key, CASE WHEN o.value::TIMESTAMPTZ > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce(r.updated_by, r.inserted_by)), r.created_at)) ELSE o.value::TIMESTAMPTZ END AS at FROM jsonb_each_text(r.observed_at) AS o) AS o
         WHERE o.at IS DISTINCT FROM CASE WHEN r.reported_at > (now() + INTERVAL '600 seconds') THEN least(now(), coalesce((SELECT received_at FROM batches WHERE batches.id = coalesce(r.updated_by, r.inserted_by)), r.created_at)) ELSE r.reported_at END)
    FROM held WHERE r.status_id = held.status_id AND greatest(r.reported_at, (SELECT max(o.value::TIMESTAMPTZ) FROM jsonb_each_text(r.observed_at) AS o)) > (now() + INTERVAL '600 seconds')
    RETURNING r.status_id
), recorded AS (
    INSERT INTO changes (kind, status_ids)
    SELECT kind, array_agg(status_id)
    FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM mended) AS numbered,
         (VALUES ('report'), ('post')) AS kinds (kind)
    GROUP BY chunk, kind ORDER BY chunk
)
SELECT count(*), 0::BIGINT FROM mended
