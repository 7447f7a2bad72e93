internal import Domain
internal import Postgres

/// The page of a scan by way of all posts that pass, wherever they are: quick where they are few.
struct IndexedSearch: Sendable {
    let scan: FeedScan

    /// As many posts as can be read from anywhere and sorted in some 8 ms.
    private static let few = 2_500

    /// Until the end of the transaction no table is read as a whole, which is never the quick way to some posts; nothing is compiled and
    /// no process started for a statement that is to be over in a moment, however long the planner expects it to take; and it is planned
    /// for the values at hand, because which of its conditions hold for few posts depends on them.
    static let byIndex = Statement(
        "posts.by-index",
        """
        SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
               set_config('max_parallel_workers_per_gather', '0', true), set_config('plan_cache_mode', 'force_custom_plan', true)
        """)

    /// Whether `posts_search` may lead to the posts that pass. How many it leads to is known only afterwards.
    var goesByWords: Bool { scan.checked.contains(where: \.isWords) }

    /// Which of the checked conditions holds for the fewest posts, where that is a few and an index counts them; nil when none counts any.
    var fewest: Statement<Int>? {
        let counts = scan.checked.enumerated().compactMap { place, condition in
            condition.countable.map {
                "(\(number: place), (SELECT count(*) FROM (SELECT FROM \($0) LIMIT \(number: Self.few + 1)) AS counted))" as SQL
            }
        }
        guard !counts.isEmpty else { return nil }
        return Statement(
            "posts.few",
            """
            SELECT place FROM (VALUES \(counts.joined(separator: ", "))) AS counts (place, posts)
            WHERE posts <= \(number: Self.few) ORDER BY posts LIMIT 1
            """, read: { Int(try $0.int64()) })
    }

    /// At most `limit` posts, the nearest first, by whatever index Postgres holds to be the quickest.
    func page(_ limit: Int) -> Statement<FoundPost> {
        page(limit, "posts AS p WHERE \((scan.unchecked + scan.checked).map(\.sql).joined(separator: " AND "))")
    }

    /// The same, out of the few posts for which the condition at `place` holds. Postgres would read other indexes besides, however
    /// much there is in them.
    func page(_ limit: Int, outOf place: Int) -> Statement<FoundPost> {
        var others = scan.unchecked + scan.checked
        let few = others.remove(at: scan.unchecked.count + place)
        let rest = others.map(\.check) + ["true"]
        return page(limit, "(SELECT p.* FROM posts AS p WHERE \(few.sql) OFFSET 0) AS p WHERE \(rest.joined(separator: " AND "))")
    }

    private func page(_ limit: Int, _ posts: SQL) -> Statement<FoundPost> {
        let (sort, order) = (scan.sort, scan.sort.order(scan.isBackward))
        // The place where the page begins is looked at last. Where many posts have one rank, Postgres takes it to lead to a few of them.
        let begin = sort.condition(scan.start, on: "(rank, status_id)") ?? "true"
        return Statement(
            "posts.search",
            """
            WITH found AS MATERIALIZED (
                SELECT p.status_id, \(sort.rank) AS rank FROM \(posts)
            ), nearest AS MATERIALIZED (
                SELECT * FROM found WHERE \(begin) ORDER BY rank \(order), status_id \(order) LIMIT \(number: limit)
            )
            SELECT \(PostQueries.found) FROM nearest JOIN posts AS p USING (status_id) \(PostQueries.shortTexts)
            ORDER BY nearest.rank \(order), p.status_id \(order)
            """, read: PostQueries.foundPost)
    }
}
