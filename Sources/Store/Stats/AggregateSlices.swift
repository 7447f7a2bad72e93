internal import Domain
internal import Postgres

/// The posts of a filter, cut along the feed.
enum AggregateSlices {
    /// When the last of the next `rows` posts of the range of `filter` was discovered, and the one behind it: two rows, or fewer when the
    /// range holds no more. Only `since` and `until` count.
    static func end(_ filter: PostFilter, rows: Int) -> Statement<Timestamp> {
        let range = PostFilterSQL.conditions(PostFilter(since: filter.since, until: filter.until))
        return Statement(
            "posts.slice",
            """
            SELECT p.discovered_at FROM posts AS p WHERE \(range.isEmpty ? "true" : range.joined(separator: " AND "))
            ORDER BY p.discovered_at DESC OFFSET \(int64: Int64(rows - 1)) LIMIT 2
            """, read: { try $0.moment() })
    }

    /// What aggregates count: the posts of `filter`, with their reports.
    static func posts(_ filter: PostFilter) -> SQL {
        let conditions = PostFilterSQL.conditions(filter)
        return """
            posts AS p LEFT JOIN reports AS r USING (status_id)
            WHERE \(conditions.isEmpty ? "true" : conditions.joined(separator: " AND "))
            """
    }
}
