internal import Domain
internal import Postgres

/// Reading posts.
enum PostQueries {
    /// At most `limit` posts, in feed order from `start`; for `.before` the nearest come first, so that they have to be
    /// turned around.
    static func feed(_ filter: PostFilter, start: FeedStart, limit: Int) -> Statement<Post> {
        var conditions = PostFilterSQL.conditions(filter)
        var direction: SQL = "DESC"
        switch start {
        case .newest: break
        case .after(let position): conditions.append("(p.discovered_at, p.status_id) < \(position.sql)")
        case .before(let position):
            conditions.append("(p.discovered_at, p.status_id) > \(position.sql)")
            direction = "ASC"
        }
        let condition = conditions.isEmpty ? SQL("true") : conditions.joined(separator: " AND ")
        return Statement(
            "posts.feed",
            """
            SELECT \(selection) FROM posts AS p LEFT JOIN reports AS r USING (status_id)
            WHERE \(condition)
            ORDER BY p.discovered_at \(direction), p.status_id \(direction) LIMIT \(int64: Int64(limit))
            """, decode: post)
    }

    static func post(_ statusID: String) -> Statement<Post> {
        Statement(
            "posts.one",
            "SELECT \(selection) FROM posts AS p LEFT JOIN reports AS r USING (status_id) WHERE p.status_id = \(text: statusID)",
            decode: post)
    }

    private static let selection: SQL = """
        p.status_id, p.discovered_at, p.author_handle, p.author_display, p.watch_tier, p.body_text, p.url, p.is_significant,
        p.significance_reason, p.likes, p.reposts, p.replies, p.views, r.reported_at
        """

    private static let post: @Sendable (Row) throws -> Post = { row in
        Post(
            statusID: try row.text(0), discoveredAt: Timestamp(microseconds: try row.timestamp(1)),
            authorHandle: try row.text(2), authorDisplay: try row.textOrNil(3),
            watchTier: try row.textOrNil(4).flatMap(WatchTier.init), bodyText: try row.textOrNil(5), url: try row.text(6),
            isSignificant: try row.bool(7), significanceReason: try row.textOrNil(8),
            counters: try row.counters(from: 9),
            reportedAt: try row.timestampOrNil(13).map(Timestamp.init(microseconds:)))
    }
}

extension Row {
    /// The four counters in the columns from `first` on.
    func counters(from first: Int) throws -> Counters {
        Counters(
            likes: try int64(first), reposts: try int64(first + 1), replies: try int64(first + 2), views: try int64(first + 3))
    }
}

extension FeedPosition {
    fileprivate var sql: SQL { "(\(timestamp: discoveredAt.microseconds), \(text: statusID))" }
}
