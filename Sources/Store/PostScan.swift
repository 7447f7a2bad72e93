internal import Domain
internal import Postgres

/// One way through the posts: in the order of a sort, from a place on, in one direction.
///
/// The scan follows the index of its order. Conditions that the index cannot follow are checked post by post, and then no more than
/// `window` posts are looked at for one page.
struct PostScan: Sendable {
    let filter: PostFilter
    let sort: PostSort
    let start: FeedStart

    /// Most posts that a page looks at. At 1 to 3 µs each, the most for a search, it is answered within 30 ms.
    static let window = 10_000

    /// Until the end of the transaction no table is read as a whole: to go through all posts is never the quick way to some of them.
    static let byIndex = Statement("posts.by-index", "SET LOCAL enable_seqscan = off")

    /// Towards the first post of the list.
    var isBackward: Bool { if case .before = start { true } else { false } }

    /// Whether a page may have to look at posts that do not pass.
    var isChecked: Bool { !conditions.checked.isEmpty }

    /// At most `limit` posts, the nearest first.
    func page(_ limit: Int) -> Statement<Post> {
        let (followed, checked) = conditions
        guard isChecked else {
            return Statement(
                "posts.page",
                """
                SELECT \(PostQueries.selection) FROM posts AS p LEFT JOIN reports AS r USING (status_id)
                WHERE \(followed.isEmpty ? "true" : followed.joined(separator: " AND "))
                ORDER BY \(sort.rank) \(direction), p.status_id \(direction) LIMIT \(int64: Int64(limit))
                """, decode: PostQueries.post)
        }
        return Statement(
            "posts.checked-page",
            """
            SELECT \(PostQueries.selection) FROM (\(scan(of: "p.*, \(sort.rank) AS rank")) LIMIT \(int64: Int64(Self.window))) AS p
            LEFT JOIN reports AS r USING (status_id)
            WHERE \(checked.joined(separator: " AND "))
            ORDER BY p.rank \(direction), p.status_id \(direction) LIMIT \(int64: Int64(limit))
            """, decode: PostQueries.post)
    }

    /// Every post, whatever it takes.
    var all: Statement<Post> {
        let (followed, checked) = conditions
        let all = followed + checked
        return Statement(
            "posts.all",
            """
            SELECT \(PostQueries.selection) FROM posts AS p LEFT JOIN reports AS r USING (status_id)
            WHERE \(all.isEmpty ? "true" : all.joined(separator: " AND "))
            ORDER BY \(sort.rank) \(direction), p.status_id \(direction)
            """, decode: PostQueries.post)
    }

    /// The place of the last post that `page` looks at, when there may be more behind it.
    var end: Statement<FeedPosition> {
        let sort = sort
        return Statement(
            "posts.window",
            "\(scan(of: "\(sort.rank), p.status_id")) OFFSET \(int64: Int64(Self.window - 1)) LIMIT 1",
            decode: { row in FeedPosition(rank: try sort.rank(row, 0), statusID: try row.text(1)) })
    }

    /// The same as `page` without a limit to what is looked at, by way of those that pass: quick where they are few.
    func search(_ limit: Int) -> Statement<Post> {
        let (followed, checked) = conditions
        return Statement(
            "posts.search",
            """
            WITH found AS MATERIALIZED (
                SELECT p.status_id, \(sort.rank) AS rank FROM posts AS p LEFT JOIN reports AS r USING (status_id)
                WHERE \((followed + checked).joined(separator: " AND "))
            ), nearest AS MATERIALIZED (
                SELECT * FROM found ORDER BY rank \(direction), status_id \(direction) LIMIT \(int64: Int64(limit))
            )
            SELECT \(PostQueries.selection) FROM nearest JOIN posts AS p USING (status_id) LEFT JOIN reports AS r USING (status_id)
            ORDER BY nearest.rank \(direction), p.status_id \(direction)
            """, decode: PostQueries.post)
    }

    private func scan(of columns: SQL) -> SQL {
        let followed = conditions.followed
        return """
            SELECT \(columns) FROM posts AS p WHERE \(followed.isEmpty ? "true" : followed.joined(separator: " AND "))
            ORDER BY \(sort.rank) \(direction), p.status_id \(direction)
            """
    }

    private var direction: SQL { isBackward ? "ASC" : "DESC" }

    private var conditions: (followed: [SQL], checked: [SQL]) {
        var (followed, checked) = PostFilterSQL.conditions(filter, sort: sort)
        switch start {
        case .first: break
        case .after(let position): followed.append("(\(sort.rank), p.status_id) < (\(sort.value(position)), \(text: position.statusID))")
        case .before(let position): followed.append("(\(sort.rank), p.status_id) > (\(sort.value(position)), \(text: position.statusID))")
        }
        return (followed, checked)
    }
}
