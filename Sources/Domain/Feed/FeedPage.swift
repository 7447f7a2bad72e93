/// A place in a list of posts: that of a post, whether it is there or not. Exact to the microsecond.
public struct FeedPosition: Hashable, Sendable {
    /// As `PostSort.rank(of:)`.
    public var rank: Int64
    public var statusID: String

    public init(rank: Int64, statusID: String) {
        self.rank = rank
        self.statusID = statusID
    }

    /// The place of `post` in the order of `sort`.
    public init(_ post: Post, in sort: PostSort) {
        self.init(rank: sort.rank(of: post), statusID: post.statusID)
    }
}

/// Where a page starts.
public enum FeedStart: Hashable, Sendable {
    /// At the first post, which is the newest in the order of discovery.
    case first
    /// Just after this place.
    case after(FeedPosition)
    /// Just before this place: the posts next to it, still listed in the order of the feed.
    case before(FeedPosition)
}

/// One page of a list of posts, in its order.
///
/// The work for one page is bounded, and so are its bytes. Where the posts that were asked for are rare, a page may hold fewer of them than
/// its limit, or none, and `next` goes on behind the last post that was looked at; where their texts are long, it ends before those that it has
/// no room for. Only a page without `next` is the end.
public struct FeedPage: Hashable, Sendable {
    public var posts: [Post]
    /// Where the list goes on; nil at its end.
    public var next: FeedStart?
    /// Where the list goes on towards its start; nil on its first page.
    public var previous: FeedStart?
    /// Whether it ends where it does because it has no room for more bytes.
    public var isFull: Bool

    public init(posts: [Post], next: FeedStart?, previous: FeedStart?, isFull: Bool = false) {
        self.posts = posts
        self.next = next
        self.previous = previous
        self.isFull = isFull
    }
}
