-- Snapshot: snapshot.load.reports
-- $1 int8
WITH
    written AS (
        INSERT INTO reports AS stored (status_id, reported_at, channel, summary, destination, observed_at, inserted_by)
        SELECT news.status_id, news.reported_at, news.channel, news.summary, news.destination, news.observed_at, $1
        FROM incoming_reports AS news LEFT JOIN reports AS stored USING (status_id)
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
            changed_before = CASE WHEN stored.updated_by IS NULL THEN stored.changed_before
                ELSE array_append(stored.changed_before, stored.updated_by) END,
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
        RETURNING xmax = 0 AS is_new, status_id
    ),
    recorded AS (
        INSERT INTO changes (kind, status_ids)
        SELECT kind, array_agg(status_id)
        FROM (SELECT status_id, (row_number() OVER () - 1) / 1000 AS chunk FROM written) AS numbered,
             (VALUES ('report'), ('post')) AS kinds (kind)
        GROUP BY chunk, kind ORDER BY chunk
    )
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
