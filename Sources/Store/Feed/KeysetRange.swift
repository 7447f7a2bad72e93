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

    /// What holds for the posts of `part` within reach.
    ///
    /// The value is in it three times, though once would do: only the index of the part can follow all three, and Postgres, which takes
    /// them to hold for next to nothing, then never reads another index in the same order, passing over posts of other values. And the
    /// moments are in it twice: beside an equation Postgres does not start where a row does, but passes over all before it.
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
