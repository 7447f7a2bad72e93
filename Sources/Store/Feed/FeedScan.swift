internal import Domain
internal import Postgres

/// One way through the posts: in the order of a sort, from a place on, in one direction.
///
/// The scan follows the index of its order. Conditions that the index cannot follow are checked post by post, and then no more than
/// `window` posts are looked at for one page.
struct FeedScan: Sendable {
    let sort: PostSort
    let start: FeedStart
    /// How long Postgres may look for the posts of a page, in nanoseconds.
    private var budget: Int
    /// What holds for every post that the index leads to: one of these. More than one are merged in the order of the scan.
    private let followed: [SQL]
    /// Whether the index has other posts of the same order beside those.
    private let isParted: Bool
    /// How long it takes to read one of them, in nanoseconds.
    private let readingCost: Int
    /// What the index does not follow, and what it does.
    let checked, unchecked: [Predicate]

    init(filter: PostFilter, sort: PostSort, start: FeedStart, budget: Int) {
        (self.sort, self.start, self.budget) = (sort, start, budget)
        let conditions = PostFilterSQL.all(filter)
        let parted = conditions.firstIndex { $0.parts(in: sort) != nil }
        if let (parts, cost) = parted.flatMap({ conditions[$0].parts(in: sort) }) {
            let range = KeysetRange(filter: filter, start: start)
            followed = parts.map(range.condition)
            (isParted, readingCost) = (true, cost)
        } else {
            var ranges = conditions.filter { $0.isRange(of: sort) }.map(\.sql)
            // Of two bounds Postgres starts at either, and passes over what is outside the other.
            if filter.includes(start, in: sort), let begin = sort.condition(start) { ranges.append(begin) }
            followed = [ranges.isEmpty ? "true" : ranges.joined(separator: " AND ")]
            (isParted, readingCost) = (false, sort.cost)
        }
        let isFollowed = conditions.indices.map { $0 == parted || conditions[$0].isRange(of: sort) }
        checked = zip(conditions, isFollowed).filter { !$1 }.map(\.0)
        unchecked = zip(conditions, isFollowed).filter { $1 }.map(\.0)
    }

    /// The same scan with an eighth of the window, which is enough where matches are frequent.
    var glance: FeedScan {
        var scan = self
        scan.budget /= 8
        return scan
    }

    /// The window: posts that a page examines at most.
    var window: Int { max(1, budget / checked.reduce(readingCost) { $0 + $1.cost }) }

    /// Towards the first post of the list.
    var isBackward: Bool { if case .before = start { true } else { false } }

    /// Whether a page may have to look at posts that do not pass.
    var isChecked: Bool { !checked.isEmpty }

    /// At most `limit` posts, the nearest first, where every post that the index leads to passes.
    func page(_ limit: Int) -> Statement<FoundPost> {
        // One SELECT where there is nothing to merge: it is parsed and planned in two thirds of the time that one around another takes.
        let sql: SQL =
            isParted
            ? "\(PostQueries.selectFound) FROM (\(next(limit, "SELECT p.*"))) AS p ORDER BY p.rank \(order), p.status_id \(order)"
            : next(limit, PostQueries.selectFound)
        return Statement("posts.page", sql, read: PostQueries.foundPost)
    }

    /// A post of a page, and, when the page has less than it may have, the place of the last post that was looked at, should there be
    /// more behind it. The page is one row without a post when it has none.
    struct Found: Sendable {
        var post: FoundPost?
        var end: FeedPosition?
    }

    /// At most `limit` posts, the nearest first, out of the next `window`.
    func checkedPage(_ limit: Int) -> Statement<Found> {
        let (sort, order) = (sort, order)
        return Statement(
            "posts.checked-page",
            """
            WITH page AS MATERIALIZED (
                \(PostQueries.selectFound), p.rank FROM (\(next(window, "SELECT p.*"))) AS p
                WHERE \(checked.map(\.check).joined(separator: " AND "))
                ORDER BY p.rank \(order), p.status_id \(order) LIMIT \(number: limit)
            ), last AS MATERIALIZED (
                SELECT p.rank, p.status_id FROM (\(next(window, "SELECT p.status_id"))) AS p ORDER BY p.rank \(order), p.status_id \(order)
                OFFSET \(number: window - 1) LIMIT (SELECT (count(*) < \(number: limit))::INT FROM page)
            )
            SELECT last.rank, last.status_id, page.status_id IS NOT NULL, page.*
            FROM (SELECT) AS always LEFT JOIN page ON true LEFT JOIN last ON true
            ORDER BY page.rank \(order), page.status_id \(order)
            """,
            read: { row in
                let (rank, statusID) = (try sort.rankOrNil(&row), try row.textOrNil())
                let end = rank.flatMap { rank in statusID.map { FeedPosition(rank: rank, statusID: $0) } }
                return Found(post: try row.bool() ? try PostQueries.foundPost(&row) : nil, end: end)
            })
    }

    /// The next `count` posts that the index leads to, with their `rank`.
    ///
    /// - Parameter select: what is read of them. It stands at the start of the statement, where its lines are taken as they are.
    private func next(_ count: Int, _ select: SQL) -> SQL {
        // The planner is not told how many posts of a part are enough. It would read and sort all posts of an author of whom it expects
        // few, where the first ones in the order of the index will do.
        let isHidden = isChecked || isParted
        let most: SQL = isHidden ? "(SELECT \(number: count))" : "\(number: count)"
        let parts = followed.map { condition in
            """
            \(select), \(sort.rank) AS rank FROM posts AS p WHERE \(condition)
            ORDER BY \(sort.rank) \(order), p.status_id \(order) LIMIT \(most)
            """ as SQL
        }
        guard isHidden else { return parts[0] }
        return """
            SELECT * FROM ((\(parts.joined(separator: ") UNION ALL (")))) AS p
            ORDER BY p.rank \(order), p.status_id \(order) LIMIT \(number: count)
            """
    }

    private var order: SQL { sort.order(isBackward) }
}

extension PostFilter {
    /// Whether a list goes on from `start` among the ranks that pass, and not before the first or behind the last of them.
    fileprivate func includes(_ start: FeedStart, in sort: PostSort) -> Bool {
        let (least, most): (Int64?, Int64?) =
            switch sort {
            case .discovered: (since?.microseconds, until?.microseconds)
            case .posted: (postedSince?.microseconds, postedUntil?.microseconds)
            case .likes: (minimum.likes, nil)
            case .views: (minimum.views, nil)
            case .velocity: (nil, nil)
            }
        return switch start {
        case .first: true
        case .after(let place): place.rank <= most ?? .max
        case .before(let place): place.rank >= least ?? .min
        }
    }
}
