internal import Domain
internal import Postgres

/// Posts as readers see them, from `posts AS p`.
enum PostQueries {
    private static func selection(texts: SQL = "p", reportedAt: SQL = PostQueries.reportedAt) -> SQL {
        """
        p.status_id, p.discovered_at, p.author_handle, \(texts).author_display, p.watch_tier, \(texts).body_text, \(texts).url, p.is_significant,
        \(texts).significance_reason, p.likes, p.reposts, p.replies, p.views, \(reportedAt) AS reported_at, \(texts).source_query,
        p.views_velocity, p.likes_velocity
        """
    }

    /// When the post was reported. Not a join, which may read all reports for the sake of one page of posts.
    static let reportedAt: SQL = "(SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id)"

    /// A long address is left out like the other texts.
    private static let post: @Sendable (Row) throws -> Post = { row in
        Post(
            statusID: try row.text(0), discoveredAt: Timestamp(microseconds: try row.timestamp(1)),
            authorHandle: try row.text(2), authorDisplay: try row.textOrNil(3),
            watchTier: try row.textOrNil(4).flatMap(WatchTier.init), bodyText: try row.textOrNil(5), url: try row.textOrNil(6) ?? "",
            isSignificant: try row.bool(7), significanceReason: try row.textOrNil(8), sourceQuery: try row.textOrNil(14),
            counters: try row.counters(from: 9), velocity: try row.velocity(15),
            reportedAt: try row.timestampOrNil(13).map(Timestamp.init(microseconds:)))
    }

    static func post(_ statusID: String) -> Statement<Post> {
        Statement("posts.one", "SELECT \(selection()) FROM posts AS p WHERE p.status_id = \(text: statusID)", decode: post)
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
    static func posts(_ ids: [String]) -> Statement<FoundPost> {
        Statement(
            "posts.some", "SELECT \(found) FROM posts AS p \(shortTexts) WHERE p.status_id = ANY(\(textArray: ids))", decode: foundPost)
    }

    /// A post without its texts where one of them is long, and whether that is so; from `posts AS p` and `shortTexts`.
    static let found: SQL = "\(selection(texts: "t")), t.url IS NULL AS is_long"

    /// The texts of a post that are no part of a key, where all of them are short. How long a text is tells its head; a long one is not read.
    static let shortTexts: SQL = """
        LEFT JOIN LATERAL (
            SELECT \(texts) WHERE greatest(\(lengths.joined(separator: ", "))) <= \(number: LongTexts.least)) AS t ON true
        """

    static let foundPost: @Sendable (Row) throws -> FoundPost = { row in FoundPost(post: try post(row), isLong: try row.bool(17)) }

    /// The texts of the first of `ids`, in their order, as many as have `bytes` together; those of the first post that there is, however long.
    static func texts(of ids: [String], within bytes: Int) -> Statement<LongTexts> {
        let length = lengths.map { "coalesce(\($0), 0)" as SQL }.joined(separator: " + ")
        return Statement(
            "posts.texts",
            """
            SELECT p.status_id, \(texts) FROM (
                SELECT p.*, keys.place, row_number() OVER sofar AS number, sum((\(length))::BIGINT) OVER sofar AS bytes
                FROM unnest(\(textArray: ids)) WITH ORDINALITY AS keys (status_id, place) JOIN posts AS p USING (status_id)
                WINDOW sofar AS (ORDER BY keys.place)) AS p
            WHERE p.number = 1 OR p.bytes <= \(number: bytes) ORDER BY p.place
            """,
            decode: { row in
                LongTexts(
                    statusID: try row.text(0), authorDisplay: try row.textOrNil(1), bodyText: try row.textOrNil(2), url: try row.text(3),
                    significanceReason: try row.textOrNil(4), sourceQuery: try row.textOrNil(5))
            })
    }

    private static let textColumns: [SQL] = ["p.author_display", "p.body_text", "p.url", "p.significance_reason", "p.source_query"]
    private static let texts = textColumns.joined(separator: ", ")
    private static let lengths = textColumns.map { "octet_length(\($0))" as SQL }
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
