internal import Domain
internal import Postgres

/// The marks that posts were reported.
enum ReportQueries {
    static func report(of statusID: String) -> Statement<Report> {
        Statement(
            "reports.one",
            "SELECT status_id, reported_at, channel, summary, destination FROM reports WHERE status_id = \(text: statusID)", read: report)
    }

    /// Those of the posts `ids` that there are. The first ones in the order of the ids fit, as many as have `bytes` together.
    static func reports(of ids: [String], within bytes: Int) -> Statement<FittingRow<Report>> {
        let texts: [SQL] = ["r.channel", "r.summary", "r.destination"]
        let length = texts.map { "coalesce(octet_length(\($0)), 0)" as SQL }.joined(separator: " + ")
        return Statement(
            "reports.some",
            """
            SELECT r.status_id, r.reported_at, CASE WHEN r.fits THEN r.channel END, CASE WHEN r.fits THEN r.summary END,
                   CASE WHEN r.fits THEN r.destination END, r.fits
            FROM (SELECT r.*, row_number() OVER sofar = 1 OR sum((\(length))::BIGINT) OVER sofar <= \(number: bytes) AS fits
                  FROM unnest(\(textArray: ids)) WITH ORDINALITY AS keys (status_id, place) JOIN reports AS r USING (status_id)
                  WINDOW sofar AS (ORDER BY keys.place)) AS r
            """, read: { FittingRow(row: try report(&$0), fits: try $0.bool()) })
    }

    private static func report(_ row: inout RowReader) throws -> Report {
        Report(
            statusID: try row.text(), reportedAt: try row.moment(), channel: try row.textOrNil(), summary: try row.textOrNil(),
            destination: try row.textOrNil())
    }

    /// Upserts `reports`, which holds each post once. Each member keeps the value of the newest report that carried it.
    static func upsert(_ reports: [ReportUpsert], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        let merge = RelatedMerge.reports
        return merge.ingest(
            "reports.ingest", ["status_id", "reported_at", "channel", "summary", "destination", "observed_at"],
            news: """
                SELECT * FROM unnest(
                    \(textArray: reports.map(\.statusID)), \(momentArray: reports.map(\.reportedAt)),
                    \(textArray: reports.map(\.channel.value)), \(textArray: reports.map(\.summary.value)),
                    \(textArray: reports.map(\.destination.value)), \(jsonbArray: reports.map(absent))) WITH ORDINALITY
                AS news (status_id, reported_at, channel, summary, destination, observed_at, item)
                """, known: merge.ofKnownPosts(olderBy: "reported_at"), batch: batch)
    }

    /// The members that a report does not carry, as `observed_at` names them; nil when it carries all.
    private static func absent(_ report: ReportUpsert) -> String? {
        let names = [("channel", report.channel), ("summary", report.summary), ("destination", report.destination)]
            .filter { !$0.1.isPresent }.map { "\"\($0.0)\": null" }
        return names.isEmpty ? nil : "{\(names.joined(separator: ", "))}"
    }
}
