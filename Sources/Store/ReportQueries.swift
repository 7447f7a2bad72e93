internal import Domain
internal import Postgres

/// The marks that posts were reported.
enum ReportQueries {
    static func report(of statusID: String) -> Statement<Report> {
        Statement(
            "reports.one",
            "SELECT status_id, reported_at, channel, summary, destination FROM reports WHERE status_id = \(text: statusID)",
            decode: { row in
                Report(
                    statusID: try row.text(0), reportedAt: Timestamp(microseconds: try row.timestamp(1)),
                    channel: try row.textOrNil(2), summary: try row.textOrNil(3), destination: try row.textOrNil(4))
            })
    }

    /// Upserts `reports`, which holds each post once. The newest `reported_at` wins; what is absent stays.
    static func upsert(_ reports: [ReportUpsert], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        Statement(
            "reports.ingest",
            """
            WITH news AS MATERIALIZED (
                SELECT * FROM unnest(
                    \(textArray: reports.map(\.statusID)), \(timestampArray: reports.map(\.reportedAt.microseconds)),
                    \(textArray: reports.map(\.channel.value)), \(boolArray: reports.map(\.channel.isPresent)),
                    \(textArray: reports.map(\.summary.value)), \(boolArray: reports.map(\.summary.isPresent)),
                    \(textArray: reports.map(\.destination.value)), \(boolArray: reports.map(\.destination.isPresent)))
                    WITH ORDINALITY
                AS news (status_id, reported_at, channel, has_channel, summary, has_summary, destination, has_destination, item)
            ), known AS MATERIALIZED (
                SELECT news.item, news.status_id, news.reported_at,
                       CASE WHEN has_channel THEN news.channel ELSE stored.channel END AS channel,
                       CASE WHEN has_summary THEN news.summary ELSE stored.summary END AS summary,
                       CASE WHEN has_destination THEN news.destination ELSE stored.destination END AS destination,
                       news.reported_at < stored.reported_at AS is_stale
                FROM news JOIN posts USING (status_id) LEFT JOIN reports AS stored USING (status_id)
            ), written AS (
                INSERT INTO reports AS stored (status_id, reported_at, channel, summary, destination, inserted_by)
                SELECT status_id, reported_at, channel, summary, destination, \(int64: batch) FROM known
                WHERE is_stale IS NOT true ORDER BY status_id
                ON CONFLICT (status_id) DO UPDATE SET
                    reported_at = excluded.reported_at, channel = excluded.channel, summary = excluded.summary,
                    destination = excluded.destination, updated_by = excluded.inserted_by
                WHERE excluded.reported_at >= stored.reported_at
                  AND (stored.reported_at, stored.channel, stored.summary, stored.destination)
                    IS DISTINCT FROM (excluded.reported_at, excluded.channel, excluded.summary, excluded.destination)
                RETURNING status_id, xmax = 0 AS is_new
            )
            SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
            FROM news LEFT JOIN known USING (item) LEFT JOIN written ON written.status_id = news.status_id
            """, decode: { row in (Int(try row.int64(0)) - 1, try row.outcome(isKnownPost: 1, isNew: 2, isStale: 3)) })
    }
}
