-- Store: changes.end
SELECT coalesce(newest.position, 0) + 1, newest.nonce::BIGINT, EXISTS (SELECT FROM changes WHERE position IS NULL)
FROM (VALUES (1)) AS one LEFT JOIN (
    SELECT position, nonce FROM changes WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1) AS newest ON true
