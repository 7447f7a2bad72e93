internal import Domain
internal import Postgres

/// Posts over time.
enum TimelineQueries {
    struct Count: Sendable {
        /// Which of the stretches, counted from 0.
        var place: Int
        var tier: WatchTier?
        var posts: Int64
    }

    /// The posts of `filter` between neighbours of `bounds`, by tier; no row where there are none.
    static func counts(_ filter: PostFilter, bounds: [Timestamp]) -> Statement<Count> {
        Statement(
            "stats.timeline",
            """
            SELECT width_bucket(p.discovered_at, \(momentArray: bounds)), p.watch_tier, count(*)
            FROM \(AggregateSlices.posts(filter)) GROUP BY 1, 2
            """,
            read: { Count(place: Int(try $0.int64()) - 1, tier: try $0.tierOrNil(), posts: try $0.int64()) })
    }

    /// When the newest post was discovered, or now when that is earlier; NULL when there is none. Posts of the future do not count.
    static let newest = Statement(
        "posts.newest",
        "SELECT CASE WHEN max(discovered_at) IS NOT NULL THEN least(max(discovered_at), now()) END FROM posts WHERE discovered_at <= \(ClockRule.latest)",
        read: { try $0.momentOrNil() })
}
