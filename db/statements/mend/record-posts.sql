-- Store: mend.record-posts
INSERT INTO changes (kind, status_ids)
SELECT kind, array_agg(status_id)
FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM held_posts) AS numbered,
     (VALUES ('post')) AS kinds (kind)
GROUP BY chunk, kind ORDER BY chunk
