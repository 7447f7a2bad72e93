internal import Domain
internal import Postgres

/// The runs of the collector.
enum RunQueries {
    /// At most `limit` runs, the newest first, from behind `position` on.
    ///
    /// The first ones fit, as many as have `bytes` together.
    static func list(_ filter: RunFilter, after position: RunPosition?, limit: Int, within bytes: Int) -> Statement<FittingRow<PipelineRun>>
    {
        var conditions: [SQL] = ["true"]
        if let since = filter.since { conditions.append("run_at >= \(moment: since)") }
        if let until = filter.until { conditions.append("run_at <= \(moment: until)") }
        if !filter.modes.isEmpty { conditions.append("mode = ANY(\(textArray: filter.modes.map(\.rawValue)))") }
        if let position {
            conditions.append(
                "(run_at, mode COLLATE \"C\", source COLLATE \"C\") < (\(moment: position.runAt), \(text: position.mode.rawValue), \(text: position.source))"
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
            read: { row in
                let run = PipelineRun(
                    runAt: try row.moment(), mode: try row.value(), source: try row.text(), fetchedCount: try row.int64(),
                    significantCount: try row.int64(), reportedCount: try row.int64(), note: try row.textOrNil())
                return FittingRow(row: run, fits: try row.bool())
            })
    }

    /// Upserts one run. What is absent brings no news.
    static func upsert(_ run: PipelineRunUpsert, batch: Int64) -> Statement<(Int, IngestOutcome)> {
        RelatedMerge.runs.ingest(
            "runs.ingest", ["run_at", "mode", "source", "fetched_count", "significant_count", "reported_count", "note"],
            news: """
                SELECT 1 AS item, \(moment: run.runAt) AS run_at, \(text: run.mode.rawValue) AS mode, \(text: run.source) AS source,
                       coalesce(\(int64: run.fetchedCount.value), 0) AS fetched_count,
                       coalesce(\(int64: run.significantCount.value), 0) AS significant_count,
                       coalesce(\(int64: run.reportedCount.value), 0) AS reported_count, \(text: run.note.value) AS note
                """, batch: batch)
    }
}
