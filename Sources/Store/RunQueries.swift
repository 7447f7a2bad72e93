internal import Domain
internal import Postgres

/// The runs of the collector.
enum RunQueries {
    /// Upserts one run. What is absent stays.
    static func upsert(_ run: PipelineRunUpsert, batch: Int64) -> Statement<IngestOutcome> {
        Statement(
            "runs.ingest",
            """
            WITH news AS MATERIALIZED (
                SELECT news.run_at, news.mode, news.source,
                       coalesce(news.fetched_count, stored.fetched_count, 0) AS fetched_count,
                       coalesce(news.significant_count, stored.significant_count, 0) AS significant_count,
                       coalesce(news.reported_count, stored.reported_count, 0) AS reported_count,
                       CASE WHEN \(bool: run.note.isPresent) THEN news.note ELSE stored.note END AS note
                FROM (SELECT \(timestamp: run.runAt.microseconds) AS run_at, \(text: run.mode.rawValue) AS mode,
                             \(text: run.source) AS source, \(int64: run.fetchedCount.value) AS fetched_count,
                             \(int64: run.significantCount.value) AS significant_count,
                             \(int64: run.reportedCount.value) AS reported_count, \(text: run.note.value) AS note) AS news
                LEFT JOIN pipeline_runs AS stored
                    ON (stored.run_at, stored.mode, stored.source) = (news.run_at, news.mode, news.source)
            ), written AS (
                INSERT INTO pipeline_runs AS stored
                    (run_at, mode, source, fetched_count, significant_count, reported_count, note, inserted_by)
                SELECT run_at, mode, source, fetched_count, significant_count, reported_count, note, \(int64: batch) FROM news
                ON CONFLICT (run_at, mode, source) DO UPDATE SET
                    fetched_count = excluded.fetched_count, significant_count = excluded.significant_count,
                    reported_count = excluded.reported_count, note = excluded.note, updated_by = excluded.inserted_by
                WHERE (stored.fetched_count, stored.significant_count, stored.reported_count, stored.note)
                    IS DISTINCT FROM
                    (excluded.fetched_count, excluded.significant_count, excluded.reported_count, excluded.note)
                RETURNING xmax = 0 AS is_new
            )
            SELECT (SELECT is_new FROM written)
            """, decode: { row in IngestOutcome(isNew: try row.boolOrNil(0), isStale: false) })
    }
}
