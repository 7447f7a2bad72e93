internal import Domain
internal import Postgres

/// How far a scan in the order of discovery may go: between two places, both of them outside.
struct KeysetRange: Sendable {
    private var newest = FeedPosition(rank: Timestamp.latest.microseconds, statusID: PostSort.behindEveryID)
    private var oldest = FeedPosition(rank: Timestamp.earliest.microseconds, statusID: "")

    init(filter: PostFilter, start: FeedStart) {
        if let until = filter.until { newest.rank = until.microseconds }
        if let since = filter.since { oldest.rank = since.microseconds }
        switch start {
        case .first: break
        case .after(let place): if place < newest { newest = place }
        case .before(let place): if oldest < place { oldest = place }
        }
    }

    /// The predicate of the posts of `part` within the range.
    ///
    /// Only the index of the part can follow row comparisons on (column, discovered_at, status_id), and the planner expects next to no rows
    /// of them; without them it may walk `posts_feed` and filter. The moments stand by themselves too: beside an equality the index
    /// scan does not start at the row of a comparison.
    func condition(_ part: Predicate.Part) -> SQL {
        """
        \(part.condition) AND p.discovered_at BETWEEN \(timestamp: oldest.rank) AND \(timestamp: newest.rank)
        AND (\(part.column), p.discovered_at, p.status_id) < (\(part.value), \(timestamp: newest.rank), \(text: newest.statusID))
        AND (\(part.column), p.discovered_at, p.status_id) > (\(part.value), \(timestamp: oldest.rank), \(text: oldest.statusID))
        """
    }
}

extension FeedPosition {
    /// Whether it comes before `other` where the greatest rank comes last. Ids are compared as Postgres does, byte by byte.
    fileprivate static func < (one: FeedPosition, other: FeedPosition) -> Bool {
        one.rank != other.rank ? one.rank < other.rank : one.statusID.utf8.lexicographicallyPrecedes(other.statusID.utf8)
    }
}
