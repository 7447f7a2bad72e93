-- Store: changes.number
UPDATE changes SET position = numbered.position
FROM (SELECT id, (SELECT coalesce(max(position), 0) FROM changes) + row_number() OVER (ORDER BY id) AS position
      FROM changes WHERE position IS NULL) AS numbered
WHERE changes.id = numbered.id
