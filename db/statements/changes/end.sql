-- Store: changes.end
SELECT coalesce((SELECT max(position) FROM changes), 0) + 1, EXISTS (SELECT FROM changes WHERE position IS NULL)
