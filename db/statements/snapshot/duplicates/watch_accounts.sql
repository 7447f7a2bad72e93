-- Snapshot: snapshot.duplicates.watch_accounts
DELETE FROM incoming_watch_accounts WHERE row_number IN (
    SELECT row_number FROM (
        SELECT row_number, row_number() OVER (PARTITION BY handle ORDER BY row_number DESC) AS place
        FROM incoming_watch_accounts WHERE (handle) IN (
            SELECT handle FROM incoming_watch_accounts GROUP BY handle HAVING count(*) > 1)) AS ranked
    WHERE place > 1)
