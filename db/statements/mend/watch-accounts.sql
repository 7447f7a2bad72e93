-- Store: mend.watch-accounts
WITH held AS MATERIALIZED (
    SELECT handle FROM watch_accounts WHERE added_at > (now() + INTERVAL '600 seconds') ORDER BY handle FOR NO KEY UPDATE
), mended AS (
    UPDATE watch_accounts AS r SET added_at = least(now(), r.created_at), updated_at = now()
    FROM held WHERE r.handle = held.handle AND r.added_at > (now() + INTERVAL '600 seconds')
    RETURNING 1
)
SELECT count(*), 0::BIGINT FROM mended
