internal import Domain
internal import Postgres

/// The runs of the collector.
enum RunQueries {
    private static let columns = ["run_at", "mode", "source", "fetched_count", "significant_count", "reported_count", "note"]

    /// At most `limit` runs, the newest first, from behind `position` on.
    ///
    /// The first ones fit, as many as have `bytes` together.
    static func list(_ filter: RunFilter, after position: RunPosition?, limit: Int, within bytes: Int) -> Statement<FittingRow<PipelineRun>>
    {
        var conditions: [SQL] = ["true"]
        if let since = filter.since { conditions.append("run_at >= \(timestamp: since.microseconds)") }
        if let until = filter.until { conditions.append("run_at <= \(timestamp: until.microseconds)") }
        if !filter.modes.isEmpty { conditions.append("mode = ANY(\(textArray: filter.modes.map(\.rawValue)))") }
        if let position {
            conditions.append(
                "(run_at, mode COLLATE \"C\", source COLLATE \"C\") < (\(timestamp: position.runAt.microseconds), \(text: position.mode.rawValue), \(text: position.source))"
            )
        }
        return Statement(
            "runs.list",
            """
            SELECT run_at, mode, source, fetched_count, significant_count, reported_count, CASE WHEN fits THEN note END, fits
            FROM (SELECT *, row_number() OVER sofar = 1 OR coalesce(sum(octet_length(note)::BIGINT) OVER sofar, 0) <= \(number: bytes) AS fits
                  FROM (SELECT * FROM pipeline_runs WHERE \(conditions.joined(separator: " AND "))
                        ORDER BY run_at DESC, mode COLLATE "C" DESC, source COLLATE "C" DESC LIMIT \(int64: Int64(limit))) AS runs
                  WINDOW sofar AS (ORDER BY run_at DESC, mode COLLATE "C" DESC, source COLLATE "C" DESC ROWS UNBOUNDED PRECEDING)) AS runs
            ORDER BY run_at DESC, mode COLLATE "C" DESC, source COLLATE "C" DESC
            """,
            decode: { row in
                let run = PipelineRun(
                    runAt: Timestamp(microseconds: try row.timestamp(0)), mode: try row.value(1, RunMode.init(rawValue:)),
                    source: try row.text(2), fetchedCount: try row.int64(3), significantCount: try row.int64(4),
                    reportedCount: try row.int64(5), note: try row.textOrNil(6))
                return FittingRow(row: run, fits: try row.bool(7))
            })
    }

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
