-- Store: reports.ingest
-- $1 int8, $2 text[], $3 timestamptz[], $4 text[], $5 text[], $6 text[], $7 jsonb[]
WITH batch (id) AS (
    SELECT $1
), news AS MATERIALIZED (
    SELECT * FROM unnest(
        $2, $3,
        $4, $5,
        $6, $7) WITH ORDINALITY
    AS news (status_id, reported_at, channel, summary, destination, observed_at, item)
), known AS MATERIALIZED (
    SELECT news.*, news.reported_at < stored.reported_at AS is_stale
    FROM news JOIN posts USING (status_id) LEFT JOIN reports AS stored USING (status_id)
), written AS (
    INSERT INTO reports AS stored (status_id, reported_at, channel, summary, destination, observed_at, inserted_by)
    SELECT news.status_id, news.reported_at, news.channel, news.summary, news.destination, news.observed_at, (SELECT id FROM batch)
    FROM known AS news LEFT JOIN reports AS stored USING (status_id)
    WHERE stored.status_id IS NULL OR (news.reported_at > stored.reported_at OR CASE
            WHEN news.reported_at < stored.reported_at
                AND news.observed_at IS NULL AND stored.observed_at IS NULL
            THEN false
            WHEN news.reported_at = stored.reported_at
                AND news.observed_at IS NOT DISTINCT FROM stored.observed_at
            THEN
                (news.channel IS NOT NULL, news.channel COLLATE "C") > (stored.channel IS NOT NULL, stored.channel COLLATE "C")
                OR (news.summary IS NOT NULL, news.summary COLLATE "C") > (stored.summary IS NOT NULL, stored.summary COLLATE "C")
                OR (news.destination IS NOT NULL, news.destination COLLATE "C") > (stored.destination IS NOT NULL, stored.destination COLLATE "C")
            ELSE
                (observation_time(news.observed_at, 'channel', news.reported_at), news.channel IS NOT NULL, news.channel COLLATE "C")
                    > (observation_time(stored.observed_at, 'channel', stored.reported_at), stored.channel IS NOT NULL, stored.channel COLLATE "C")
                OR (observation_time(news.observed_at, 'summary', news.reported_at), news.summary IS NOT NULL, news.summary COLLATE "C")
                    > (observation_time(stored.observed_at, 'summary', stored.reported_at), stored.summary IS NOT NULL, stored.summary COLLATE "C")
                OR (observation_time(news.observed_at, 'destination', news.reported_at), news.destination IS NOT NULL, news.destination COLLATE "C")
                    > (observation_time(stored.observed_at, 'destination', stored.reported_at), stored.destination IS NOT NULL, stored.destination COLLATE "C")
            END)
    ORDER BY news.status_id COLLATE "C"
    ON CONFLICT (status_id) DO UPDATE SET
        -- Of each column the value that was observed last; of two of one moment the greater.
        (channel, summary, destination) = (
            SELECT
                CASE WHEN wins.channel THEN excluded.channel ELSE stored.channel END,
                CASE WHEN wins.summary THEN excluded.summary ELSE stored.summary END,
                CASE WHEN wins.destination THEN excluded.destination ELSE stored.destination END
            FROM
                (SELECT
                    observation_time(excluded.observed_at, 'channel', excluded.reported_at) AS channel,
                    observation_time(excluded.observed_at, 'summary', excluded.reported_at) AS summary,
                    observation_time(excluded.observed_at, 'destination', excluded.reported_at) AS destination
                    OFFSET 0) AS news_at,
                (SELECT
                    observation_time(stored.observed_at, 'channel', stored.reported_at) AS channel,
                    observation_time(stored.observed_at, 'summary', stored.reported_at) AS summary,
                    observation_time(stored.observed_at, 'destination', stored.reported_at) AS destination
                    OFFSET 0) AS stored_at,
                LATERAL (SELECT
                    (news_at.channel, excluded.channel IS NOT NULL, excluded.channel COLLATE "C")
                        > (stored_at.channel, stored.channel IS NOT NULL, stored.channel COLLATE "C") AS channel,
                    (news_at.summary, excluded.summary IS NOT NULL, excluded.summary COLLATE "C")
                        > (stored_at.summary, stored.summary IS NOT NULL, stored.summary COLLATE "C") AS summary,
                    (news_at.destination, excluded.destination IS NOT NULL, excluded.destination COLLATE "C")
                        > (stored_at.destination, stored.destination IS NOT NULL, stored.destination COLLATE "C") AS destination
                    OFFSET 0) AS wins),
        observed_at = CASE WHEN excluded.observed_at IS NULL AND stored.observed_at IS NULL THEN NULL
            ELSE merged_observed_at(excluded.observed_at, excluded.reported_at, stored.observed_at, stored.reported_at) END,
        reported_at = greatest(stored.reported_at, excluded.reported_at),
        updated_by = excluded.inserted_by
    WHERE (excluded.reported_at > stored.reported_at OR CASE
            WHEN excluded.reported_at < stored.reported_at
                AND excluded.observed_at IS NULL AND stored.observed_at IS NULL
            THEN false
            WHEN excluded.reported_at = stored.reported_at
                AND excluded.observed_at IS NOT DISTINCT FROM stored.observed_at
            THEN
                (excluded.channel IS NOT NULL, excluded.channel COLLATE "C") > (stored.channel IS NOT NULL, stored.channel COLLATE "C")
                OR (excluded.summary IS NOT NULL, excluded.summary COLLATE "C") > (stored.summary IS NOT NULL, stored.summary COLLATE "C")
                OR (excluded.destination IS NOT NULL, excluded.destination COLLATE "C") > (stored.destination IS NOT NULL, stored.destination COLLATE "C")
            ELSE
                (observation_time(excluded.observed_at, 'channel', excluded.reported_at), excluded.channel IS NOT NULL, excluded.channel COLLATE "C")
                    > (observation_time(stored.observed_at, 'channel', stored.reported_at), stored.channel IS NOT NULL, stored.channel COLLATE "C")
                OR (observation_time(excluded.observed_at, 'summary', excluded.reported_at), excluded.summary IS NOT NULL, excluded.summary COLLATE "C")
                    > (observation_time(stored.observed_at, 'summary', stored.reported_at), stored.summary IS NOT NULL, stored.summary COLLATE "C")
                OR (observation_time(excluded.observed_at, 'destination', excluded.reported_at), excluded.destination IS NOT NULL, excluded.destination COLLATE "C")
                    > (observation_time(stored.observed_at, 'destination', stored.reported_at), stored.destination IS NOT NULL, stored.destination COLLATE "C")
            END)
    RETURNING status_id, xmax = 0 AS is_new
)
SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
FROM news LEFT JOIN known USING (item)
LEFT JOIN written ON (written.status_id) = (news.status_id)
