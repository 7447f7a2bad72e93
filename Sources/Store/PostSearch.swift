internal import Domain
internal import Postgres

/// The page of a scan by way of all posts that pass, wherever they are: quick where they are few.
struct PostSearch: Sendable {
    let scan: PostScan

    /// As many posts as can be read from anywhere in the time of a scan.
    private var few: Int { scan.budget / 3_200 }

    /// Until the end of the transaction no table is read as a whole, which is never the quick way to some posts; and nothing is compiled
    /// and no process started for a statement that is to be over in a moment, however long the planner expects it to take.
    static let byIndex = Statement(
        "posts.by-index",
        """
        SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
               set_config('max_parallel_workers_per_gather', '0', true)
        """)

    /// Whether `posts_search` may lead to the posts that pass. How many it leads to is known only afterwards.
    var goesByWords: Bool { scan.checked.contains(where: \.isWords) }

    /// Whether one of the conditions holds for a few posts only, and an index leads to them; nil when no index counts any.
    var isShort: Statement<Bool>? {
        let counts = scan.checked.compactMap(\.countable).map {
            "(SELECT count(*) FROM (SELECT FROM \($0) LIMIT \(number: few + 1)) AS counted) <= \(number: few)" as SQL
        }
        return counts.isEmpty ? nil : Statement("posts.few", "SELECT \(counts.joined(separator: " OR "))", decode: { try $0.bool(0) })
    }

    /// At most `limit` posts, the nearest first.
    func page(_ limit: Int) -> Statement<Post> {
        let (sort, order) = (scan.sort, scan.sort.order(scan.isBackward))
        let conditions = scan.conditions.map(\.sql) + [sort.condition(scan.start)].compactMap { $0 }
        return Statement(
            "posts.search",
            """
            WITH found AS MATERIALIZED (
                SELECT p.status_id, \(sort.rank) AS rank FROM posts AS p WHERE \(conditions.joined(separator: " AND "))
            ), nearest AS MATERIALIZED (
                SELECT * FROM found ORDER BY rank \(order), status_id \(order) LIMIT \(number: limit)
            )
            SELECT \(PostQueries.selection) FROM nearest JOIN posts AS p USING (status_id)
            ORDER BY nearest.rank \(order), p.status_id \(order)
            """, decode: PostQueries.post)
    }
}
