/// A place in the feed: between the post it names and its neighbour. Exact to the microsecond.
public struct FeedPosition: Hashable, Sendable {
    public var discoveredAt: Timestamp
    public var statusID: String

    public init(discoveredAt: Timestamp, statusID: String) {
        self.discoveredAt = discoveredAt
        self.statusID = statusID
    }
}

/// Where a page starts.
public enum FeedStart: Hashable, Sendable {
    /// At the newest post.
    case newest
    /// Just after this place: older posts.
    case after(FeedPosition)
    /// Just before this place: the newer posts next to it, still listed newest first.
    case before(FeedPosition)
}

/// One page of the feed, newest first.
public struct FeedPage: Hashable, Sendable {
    public var posts: [Post]
    /// Where the older posts go on; nil at the end.
    public var next: FeedPosition?
    /// Where the newer posts go on; nil when none are known to be newer.
    public var previous: FeedPosition?

    public init(posts: [Post], next: FeedPosition?, previous: FeedPosition?) {
        self.posts = posts
        self.next = next
        self.previous = previous
    }
}
