internal import Domain
internal import Postgres

/// Posts as readers see them, from `posts AS p`.
enum PostQueries {
    static let selection = selection(reportedAt: reportedAt)

    private static func selection(reportedAt: SQL) -> SQL {
        """
        p.status_id, p.discovered_at, p.author_handle, p.author_display, p.watch_tier, p.body_text, p.url, p.is_significant,
        p.significance_reason, p.likes, p.reposts, p.replies, p.views, \(reportedAt) AS reported_at, p.source_query,
        p.views_velocity, p.likes_velocity
        """
    }

    /// When the post was reported. Not a join, which may read all reports for the sake of one page of posts.
    static let reportedAt: SQL = "(SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id)"

    static let post: @Sendable (Row) throws -> Post = { row in
        Post(
            statusID: try row.text(0), discoveredAt: Timestamp(microseconds: try row.timestamp(1)),
            authorHandle: try row.text(2), authorDisplay: try row.textOrNil(3),
            watchTier: try row.textOrNil(4).flatMap(WatchTier.init), bodyText: try row.textOrNil(5), url: try row.text(6),
            isSignificant: try row.bool(7), significanceReason: try row.textOrNil(8), sourceQuery: try row.textOrNil(14),
            counters: try row.counters(from: 9), velocity: try row.velocity(15),
            reportedAt: try row.timestampOrNil(13).map(Timestamp.init(microseconds:)))
    }

    static func post(_ statusID: String) -> Statement<Post> {
        Statement("posts.one", "SELECT \(selection) FROM posts AS p WHERE p.status_id = \(text: statusID)", decode: post)
    }

    /// Every post that passes, whatever it takes.
    static func all(_ filter: PostFilter, sort: PostSort) -> Statement<Post> {
        let (conditions, order) = (PostFilterSQL.conditions(filter), sort.order(false))
        return Statement(
            "posts.all",
            """
            SELECT \(selection(reportedAt: "r.reported_at")) FROM posts AS p LEFT JOIN reports AS r USING (status_id)
            WHERE \(conditions.isEmpty ? "true" : conditions.joined(separator: " AND "))
            ORDER BY \(sort.rank) \(order), p.status_id \(order)
            """, decode: post)
    }

    /// Those of `ids` that there are.
    static func posts(_ ids: [String]) -> Statement<Post> {
        Statement("posts.some", "SELECT \(selection) FROM posts AS p WHERE p.status_id = ANY(\(textArray: ids))", decode: post)
    }
}

extension Row {
    /// The four counters in the columns from `first` on.
    func counters(from first: Int) throws -> Counters {
        Counters(
            likes: try int64(first), reposts: try int64(first + 1), replies: try int64(first + 2), views: try int64(first + 3))
    }

    /// The velocity in two columns, views first; nil when there is none.
    fileprivate func velocity(_ first: Int) throws -> Velocity? {
        guard let views = try int64OrNil(first), let likes = try int64OrNil(first + 1) else { return nil }
        return Velocity(views: views, likes: likes)
    }
}
