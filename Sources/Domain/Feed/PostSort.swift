/// An order of posts, greatest first. Each is total: posts of the same rank follow by their ids, bytewise and descending.
public enum PostSort: String, CaseIterable, Hashable, Sendable {
    /// By the time of discovery.
    case discovered
    /// By the true time of posting; posts whose id tells no time come last.
    case posted
    case likes
    case views
    /// By views per hour; posts whose history does not tell come last.
    case velocity

    /// What the order goes by: microseconds since 1970, a count, or thousandths of a view per hour.
    public func rank(of post: Post) -> Int64 {
        switch self {
        case .discovered: post.discoveredAt.microseconds
        case .posted: post.postedAt?.microseconds ?? .min
        case .likes: post.counters.likes
        case .views: post.counters.views
        case .velocity: post.velocity?.views ?? .min
        }
    }
}
