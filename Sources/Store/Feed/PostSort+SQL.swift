internal import Domain
internal import Postgres

/// `PostSort` as an order of `posts AS p`. Each has an index of just this form.
extension PostSort {
    /// The rank of a post that has none: the least number. An index of the schema has it, so it is a constant here.
    static let unranked: SQL = "(\(number: Int(Int64.min)))::BIGINT"

    /// Greater than any id, byte by byte.
    static let behindEveryID = "\u{10FFFF}"

    /// The value that the order goes by, of `PostSort.rank(of:)`.
    var rank: SQL {
        switch self {
        case .discovered: "p.discovered_at"
        case .posted: "posting_rank(p.status_id)"
        case .likes: "p.likes"
        case .views: "p.views"
        case .velocity: "coalesce(p.views_velocity, \(Self.unranked))"
        }
    }

    /// How long one post is read in this order, in nanoseconds. Posts lie in the order of their discovery, more or less; in others
    /// each one is on a page of its own.
    var cost: Int {
        switch self {
        case .discovered: 400
        case .posted: 1_000
        case .likes, .views, .velocity: 1_900
        }
    }

    func order(_ isBackward: Bool) -> SQL { isBackward ? "ASC" : "DESC" }

    /// What holds for the posts behind `start`, or before it.
    func condition(_ start: FeedStart) -> SQL? { condition(start, on: "(\(rank), p.status_id)") }

    /// The same for `place`, a row of a rank and an id.
    func condition(_ start: FeedStart, on place: SQL) -> SQL? {
        switch start {
        case .first: nil
        case .after(let position): "\(place) < (\(value(position)), \(text: position.statusID))"
        case .before(let position): "\(place) > (\(value(position)), \(text: position.statusID))"
        }
    }

    private func value(_ position: FeedPosition) -> SQL {
        switch self {
        case .discovered: "\(timestamp: position.rank)"
        case .posted, .likes, .views, .velocity: "\(int64: position.rank)"
        }
    }

    func rankOrNil(_ row: inout RowReader) throws -> Int64? {
        switch self {
        case .discovered: try row.timestampOrNil()
        case .posted, .likes, .views, .velocity: try row.int64OrNil()
        }
    }
}
