internal import Domain
internal import Postgres

/// Posts as readers see them, from `posts AS p`.
enum PostQueries {
    /// - Parameter text: the column of a text that is no part of a key.
    private static func selection(
        text: (SQL) -> SQL = { "p.\($0)" }, reportedAt: SQL = PostQueries.reportedAt, goneAt: SQL = GonePosts.goneAt
    ) -> SQL {
        """
        p.status_id, p.discovered_at, p.author_handle, \(text("author_display")), p.watch_tier,
        \(text("body_text")),
        \(text("url")), p.is_significant,
        \(text("significance_reason")),
        \(text("source_query")),
        p.likes, p.reposts, p.replies, p.views, p.views_velocity, p.likes_velocity, \(reportedAt) AS reported_at,
        \(goneAt) AS gone_at
        """
    }

    /// When the post was reported. Not a join, which may read all reports for the sake of one page of posts.
    static let reportedAt: SQL = "(SELECT r.reported_at FROM reports AS r WHERE r.status_id = p.status_id)"

    /// A long address is left out like the other texts.
    private static func post(_ row: inout RowReader) throws -> Post {
        Post(
            statusID: try row.text(), discoveredAt: try row.moment(), authorHandle: try row.text(), authorDisplay: try row.textOrNil(),
            watchTier: try row.tierOrNil(), bodyText: try row.textOrNil(), url: try row.textOrNil() ?? "",
            isSignificant: try row.bool(), significanceReason: try row.textOrNil(), sourceQuery: try row.textOrNil(),
            counters: try row.counters(), velocity: try row.velocityOrNil(), reportedAt: try row.momentOrNil(),
            goneAt: try row.momentOrNil())
    }

    /// A post with what only its detail shows.
    struct Whole: Sendable {
        var post: Post
        var lastSeenAt: Timestamp
        var rest: ColumnMap<Cell>
    }

    static func post(_ statusID: String) -> Statement<Whole> {
        Statement(
            "posts.one",
            """
            SELECT \(selection()),
                p.last_seen_at, \(columns: PostColumn.ofDetail.map { Identifier($0) }, of: "p")
            FROM posts AS p WHERE p.status_id = \(text: statusID)
            """,
            read: { row in
                var whole = Whole(post: try post(&row), lastSeenAt: try row.moment(), rest: [:])
                for column in PostColumn.ofDetail { whole.rest[column] = try row.cellOrNil(of: column) }
                return whole
            })
    }

    /// Every post that passes, whatever it takes.
    static func all(_ filter: PostFilter, sort: PostSort) -> Statement<Post> {
        let (conditions, order) = (PostFilterSQL.conditions(filter), sort.order(false))
        return Statement(
            "posts.all",
            """
            SELECT \(selection(reportedAt: "r.reported_at", goneAt: "g.gone_at"))
            FROM posts AS p LEFT JOIN reports AS r USING (status_id) LEFT JOIN gone_posts AS g USING (status_id)
            WHERE \(conditions.isEmpty ? "true" : conditions.joined(separator: " AND "))
            ORDER BY \(sort.rank) \(order), p.status_id \(order)
            """, read: post)
    }

    /// Those of `ids` that there are.
    static func posts(_ ids: [String]) -> Statement<FoundPost> {
        Statement(
            "posts.some", "\(selectFound) FROM posts AS p WHERE p.status_id = ANY(\(textArray: ids))", read: foundPost)
    }

    /// Reads posts without their long texts, and whether they have any. How long a text is tells its head; a long one is not read.
    ///
    /// Each text is looked at by itself: a join for all of them costs more in planning than it saves.
    static let selectFound: SQL = """
        SELECT \(selection(text: { "CASE WHEN octet_length(p.\($0)) <= \(number: LongTexts.least) THEN p.\($0) END AS \($0)" })),
            greatest(\(lengths.joined(separator: ", "))) > \(number: LongTexts.least) AS is_long
        """

    static func foundPost(_ row: inout RowReader) throws -> FoundPost { FoundPost(post: try post(&row), isLong: try row.bool()) }

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
            read: { row in
                LongTexts(
                    statusID: try row.text(), authorDisplay: try row.textOrNil(), bodyText: try row.textOrNil(), url: try row.text(),
                    significanceReason: try row.textOrNil(), sourceQuery: try row.textOrNil())
            })
    }

    private static let textColumns: [SQL] = ["p.author_display", "p.body_text", "p.url", "p.significance_reason", "p.source_query"]
    private static let texts = textColumns.joined(separator: ", ")
    private static let lengths = textColumns.map { "octet_length(\($0))" as SQL }
}
