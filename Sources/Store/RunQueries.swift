internal import Domain
internal import Postgres

/// The runs of the collector.
enum RunQueries {
    private static let columns = ["run_at", "mode", "source", "fetched_count", "significant_count", "reported_count", "note"]

    /// Upserts one run. What is absent brings no news.
    static func upsert(_ run: PipelineRunUpsert, batch: Int64) -> Statement<IngestOutcome> {
        Statement(
            "runs.ingest",
            """
            WITH news AS MATERIALIZED (
                SELECT \(timestamp: run.runAt.microseconds) AS run_at, \(text: run.mode.rawValue) AS mode, \(text: run.source) AS source,
                       coalesce(\(int64: run.fetchedCount.value), 0) AS fetched_count,
                       coalesce(\(int64: run.significantCount.value), 0) AS significant_count,
                       coalesce(\(int64: run.reportedCount.value), 0) AS reported_count, \(text: run.note.value) AS note
            ), batch (id) AS (
                SELECT \(int64: batch)
            ), written AS (
                \(unescaped: RelatedMerge.runs.upsert(columns, from: "news", batch: "(SELECT id FROM batch)"))
                RETURNING xmax = 0 AS is_new
            )
            SELECT (SELECT is_new FROM written)
            """, decode: { row in IngestOutcome(isNew: try row.boolOrNil(0), isStale: false) })
    }
}
