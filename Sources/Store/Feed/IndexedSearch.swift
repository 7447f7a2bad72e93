internal import Domain
internal import Postgres

/// The page of a scan by way of all posts that pass, wherever they are: quick where they are few.
struct IndexedSearch: Sendable {
    let scan: FeedScan

    /// As many posts as can be read from anywhere and sorted in some 8 ms.
    private static let few = 2_500

    /// For this transaction: no sequential scans, JIT, parallel workers or generic plans. The search takes milliseconds, whatever the
    /// planner expects, and which of its predicates is selective depends on their values.
    static let byIndex = Statement(
        "posts.by-index",
        """
        SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
               set_config('max_parallel_workers_per_gather', '0', true), set_config('plan_cache_mode', 'force_custom_plan', true)
        """)

    /// Whether `posts_search` may lead to the posts that pass. How many it leads to is known only afterwards.
    var usesTrigrams: Bool { scan.checked.contains(where: \.usesTrigrams) }

    /// The most selective of the checked predicates, if an index counts few posts for it; no statement when no index counts any.
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

    /// The same, out of the few posts for which the predicate at `place` holds, behind an optimization fence: otherwise Postgres reads
    /// other indexes too (BitmapAnd), however large they are.
    func page(_ limit: Int, outOf place: Int) -> Statement<FoundPost> {
        var others = scan.unchecked + scan.checked
        let few = others.remove(at: scan.unchecked.count + place)
        let rest = others.map(\.check) + ["true"]
        return page(limit, "(SELECT p.* FROM posts AS p WHERE \(few.sql) OFFSET 0) AS p WHERE \(rest.joined(separator: " AND "))")
    }

    private func page(_ limit: Int, _ posts: SQL) -> Statement<FoundPost> {
        let (sort, order) = (scan.sort, scan.sort.order(scan.isBackward))
        // The cursor is applied to what was found: with many equal ranks the planner underestimates its predicate.
        let begin = sort.condition(scan.start, on: "(rank, status_id)") ?? "true"
        return Statement(
            "posts.search",
            """
            WITH found AS MATERIALIZED (
                SELECT p.status_id, \(sort.rank) AS rank FROM \(posts)
            ), nearest AS MATERIALIZED (
                SELECT * FROM found WHERE \(begin) ORDER BY rank \(order), status_id \(order) LIMIT \(number: limit)
            )
            \(PostQueries.selectFound) FROM nearest JOIN posts AS p USING (status_id)
            ORDER BY nearest.rank \(order), p.status_id \(order)
            """, read: PostQueries.foundPost)
    }
}
