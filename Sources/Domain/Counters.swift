/// The four public counters of a post. A post can pass 2^31 views, so they are 64 bits wide.
public struct Counters: Hashable, Sendable {
    public var likes: Int64
    public var reposts: Int64
    public var replies: Int64
    public var views: Int64

    public init(likes: Int64 = 0, reposts: Int64 = 0, replies: Int64 = 0, views: Int64 = 0) {
        self.likes = likes
        self.reposts = reposts
        self.replies = replies
        self.views = views
    }
}
