-- Snapshot: snapshot.load.pipeline_runs
-- $1 int8
WITH
    written AS (
        INSERT INTO pipeline_runs AS stored (run_at, mode, fetched_count, significant_count, reported_count, note, source, inserted_by)
        SELECT news.run_at, news.mode, news.fetched_count, news.significant_count, news.reported_count, news.note,
            news.source, $1
        FROM incoming_pipeline_runs AS news LEFT JOIN pipeline_runs AS stored USING (run_at, mode, source)
        WHERE stored.run_at IS NULL OR (news.fetched_count > stored.fetched_count
                OR news.significant_count > stored.significant_count
                OR news.reported_count > stored.reported_count
                OR (news.note IS NOT NULL, news.note COLLATE "C") > (stored.note IS NOT NULL, stored.note COLLATE "C"))
        ORDER BY news.run_at, news.mode COLLATE "C", news.source COLLATE "C"
        ON CONFLICT (run_at, mode, source) DO UPDATE SET
            fetched_count = CASE WHEN excluded.fetched_count > stored.fetched_count THEN excluded.fetched_count ELSE stored.fetched_count END,
            significant_count = CASE WHEN excluded.significant_count > stored.significant_count THEN excluded.significant_count ELSE stored.significant_count END,
            reported_count = CASE WHEN excluded.reported_count > stored.reported_count THEN excluded.reported_count ELSE stored.reported_count END,
            note = CASE WHEN (excluded.note IS NOT NULL, excluded.note COLLATE "C") > (stored.note IS NOT NULL, stored.note COLLATE "C") THEN excluded.note ELSE stored.note END,
            changed_before = CASE WHEN stored.updated_by IS NULL THEN stored.changed_before
                ELSE array_append(stored.changed_before, stored.updated_by) END,
            updated_by = excluded.inserted_by
        WHERE (excluded.fetched_count > stored.fetched_count
                OR excluded.significant_count > stored.significant_count
                OR excluded.reported_count > stored.reported_count
                OR (excluded.note IS NOT NULL, excluded.note COLLATE "C") > (stored.note IS NOT NULL, stored.note COLLATE "C"))
        RETURNING xmax = 0 AS is_new
    )
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
