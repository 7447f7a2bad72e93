internal import Domain
internal import Postgres

/// `PostSort` as an order of `posts AS p`. Each has an index of just this form.
extension PostSort {
    /// The value that the order goes by, of `PostSort.rank(of:)`.
    var rank: SQL {
        switch self {
        case .discovered: "p.discovered_at"
        case .posted: "posting_rank(p.status_id)"
        case .likes: "p.likes"
        case .views: "p.views"
        case .velocity: "coalesce(p.views_velocity, (-9223372036854775808)::BIGINT)"
        }
    }

    func value(_ position: FeedPosition) -> SQL {
        switch self {
        case .discovered: "\(timestamp: position.rank)"
        case .posted, .likes, .views, .velocity: "\(int64: position.rank)"
        }
    }

    func rank(_ row: Row, _ column: Int) throws -> Int64 {
        switch self {
        case .discovered: try row.timestamp(column)
        case .posted, .likes, .views, .velocity: try row.int64(column)
        }
    }
}
