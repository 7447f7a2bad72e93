-- Store: erased.insert
-- $1 text, $2 text[]
INSERT INTO erased_posts (status_id, erased_by)
SELECT id, $1 FROM unnest($2) AS ids (id) ON CONFLICT DO NOTHING
