internal import Domain
internal import Postgres

/// The counts of the archive.
enum SummaryQueries {
    /// Each count is read from an index that holds what is counted and nothing else; the latency is that of the newest 10,000 posts, of
    /// which none is of the future.
    static let summary = Statement(
        "stats.summary",
        """
        SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM posts WHERE is_significant), (SELECT count(*) FROM reports),
               (SELECT count(*) FROM posts JOIN reports USING (status_id) WHERE is_significant),
               w.teammate, w.influencer, w.ecosystem, l.posts, l.percentiles
        FROM (SELECT count(*) FILTER (WHERE tier = 'teammate') AS teammate,
                     count(*) FILTER (WHERE tier = 'influencer') AS influencer,
                     count(*) FILTER (WHERE tier = 'ecosystem') AS ecosystem FROM watch_accounts) AS w,
             (SELECT count(*) AS posts, percentile_disc(ARRAY[0.5, 0.9, 0.99]) WITHIN GROUP (ORDER BY latency) AS percentiles
              FROM (SELECT (extract(EPOCH FROM discovered_at) * 1000000)::BIGINT - posted AS latency
                    FROM (SELECT discovered_at, posting_rank(status_id) AS posted FROM posts
                          WHERE discovered_at <= \(ClockRule.latest)
                          ORDER BY discovered_at DESC, status_id DESC LIMIT 10000) AS newest
                    WHERE posted > \(PostSort.unranked)) AS known) AS l
        """,
        read: { row in
            Summary(
                posts: try row.int64(), significant: try row.int64(), reported: try row.int64(), significantReported: try row.int64(),
                watchAccounts: [.teammate: try row.int64(), .influencer: try row.int64(), .ecosystem: try row.int64()],
                captureLatency: try captureLatency(&row))
        })

    private static func captureLatency(_ row: inout RowReader) throws -> CaptureLatency? {
        let posts = try row.int64()
        return try row.int64ArrayOrNil().map { CaptureLatency(posts: posts, p50: $0[0], p90: $0[1], p99: $0[2]) }
    }
}
