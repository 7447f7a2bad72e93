internal import Domain
internal import Postgres

/// The counts of the archive.
enum SummaryQueries {
    static let summary = Statement(
        "stats.summary",
        """
        SELECT p.posts, p.significant, r.reported, r.significant_reported, w.teammate, w.influencer, w.ecosystem
        FROM (SELECT count(*) AS posts, count(*) FILTER (WHERE is_significant) AS significant FROM posts) AS p,
             (SELECT count(*) AS reported, count(*) FILTER (WHERE is_significant) AS significant_reported
              FROM reports JOIN posts USING (status_id)) AS r,
             (SELECT count(*) FILTER (WHERE tier = 'teammate') AS teammate,
                     count(*) FILTER (WHERE tier = 'influencer') AS influencer,
                     count(*) FILTER (WHERE tier = 'ecosystem') AS ecosystem FROM watch_accounts) AS w
        """,
        decode: { row in
            Summary(
                posts: try row.int64(0), significant: try row.int64(1), reported: try row.int64(2),
                significantReported: try row.int64(3),
                watchAccounts: [
                    .teammate: try row.int64(4), .influencer: try row.int64(5), .ecosystem: try row.int64(6),
                ])
        })
}
