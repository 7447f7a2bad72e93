-- Snapshot: snapshot.duplicates.posts
DELETE FROM incoming_posts WHERE row_number IN (
    SELECT row_number FROM (
        SELECT row_number, row_number() OVER (PARTITION BY status_id ORDER BY last_seen_at DESC, row_number DESC) AS place
        FROM incoming_posts WHERE (status_id) IN (
            SELECT status_id FROM incoming_posts GROUP BY status_id HAVING count(*) > 1)) AS ranked
    WHERE place > 1)
