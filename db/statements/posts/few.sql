-- Store: posts.few
SELECT place FROM (VALUES (0, (SELECT count(*) FROM (SELECT FROM reports LIMIT 2501) AS counted))) AS counts (place, posts)
WHERE posts <= 2500 ORDER BY posts LIMIT 1
