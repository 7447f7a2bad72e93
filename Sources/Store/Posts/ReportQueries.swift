internal import Domain
internal import Postgres

/// The marks that posts were reported.
enum ReportQueries {
    static func report(of statusID: String) -> Statement<Report> {
        Statement(
            "reports.one",
            "SELECT status_id, reported_at, channel, summary, destination FROM reports WHERE status_id = \(text: statusID)", decode: report)
    }

    /// Those of the posts `ids` that there are. The first ones in the order of the ids fit, as many as have `bytes` together.
    static func reports(of ids: [String], within bytes: Int) -> Statement<FittingRow<Report>> {
        let length = ["channel", "summary", "destination"].map { "coalesce(octet_length(r.\($0)), 0)" }.joined(separator: " + ")
        return Statement(
            "reports.some",
            """
            SELECT r.status_id, r.reported_at, CASE WHEN r.fits THEN r.channel END, CASE WHEN r.fits THEN r.summary END,
                   CASE WHEN r.fits THEN r.destination END, r.fits
            FROM (SELECT r.*, row_number() OVER sofar = 1 OR sum((\(unescaped: length))::BIGINT) OVER sofar <= \(number: bytes) AS fits
                  FROM unnest(\(textArray: ids)) WITH ORDINALITY AS keys (status_id, place) JOIN reports AS r USING (status_id)
                  WINDOW sofar AS (ORDER BY keys.place)) AS r
            """, decode: { row in FittingRow(row: try report(row), fits: try row.bool(5)) })
    }

    private static let report: @Sendable (Row) throws -> Report = { row in
        Report(
            statusID: try row.text(0), reportedAt: Timestamp(microseconds: try row.timestamp(1)),
            channel: try row.textOrNil(2), summary: try row.textOrNil(3), destination: try row.textOrNil(4))
    }

    private static let columns = ["status_id", "reported_at", "channel", "summary", "destination", "observed_at"]

    /// Upserts `reports`, which holds each post once. Each member keeps the value of the newest report that carried it.
    static func upsert(_ reports: [ReportUpsert], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        Statement(
            "reports.ingest",
            """
            WITH news AS MATERIALIZED (
                SELECT * FROM unnest(
                    \(textArray: reports.map(\.statusID)), \(timestampArray: reports.map(\.reportedAt.microseconds)),
                    \(textArray: reports.map(\.channel.value)), \(textArray: reports.map(\.summary.value)),
                    \(textArray: reports.map(\.destination.value)), \(jsonbArray: reports.map(absent))) WITH ORDINALITY
                AS news (status_id, reported_at, channel, summary, destination, observed_at, item)
            ), known AS MATERIALIZED (
                SELECT news.*, news.reported_at < stored.reported_at AS is_stale
                FROM news JOIN posts USING (status_id) LEFT JOIN reports AS stored USING (status_id)
            ), batch (id) AS (
                SELECT \(int64: batch)
            ), written AS (
                \(unescaped: RelatedMerge.reports.upsert(columns, from: "known", batch: "(SELECT id FROM batch)"))
                RETURNING status_id, xmax = 0 AS is_new
            )
            SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
            FROM news LEFT JOIN known USING (item) LEFT JOIN written ON written.status_id = news.status_id
            """, decode: { row in (Int(try row.int64(0)) - 1, try row.outcome(isKnownPost: 1, isNew: 2, isStale: 3)) })
    }

    /// The members that a report does not carry, as `observed_at` names them; nil when it carries all.
    private static func absent(_ report: ReportUpsert) -> String? {
        let names = [("channel", report.channel), ("summary", report.summary), ("destination", report.destination)]
            .filter { !$0.1.isPresent }.map { "\"\($0.0)\": null" }
        return names.isEmpty ? nil : "{\(names.joined(separator: ", "))}"
    }
}
