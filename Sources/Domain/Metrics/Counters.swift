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

    /// One of the four: its place in here, in a set, and in a post; `initial` and `after24h` are the columns of its first
    /// capture and of the refresh after a day.
    public struct Counter: Sendable {
        let path: any WritableKeyPath<Counters, Int64> & Sendable
        public let bit: CounterSet
        public let column: PostColumn
        let initial, after24h: PostColumn
    }

    /// In the order of the tables' columns.
    public static let all: [Counter] = [
        Counter(path: \.likes, bit: .likes, column: .likes, initial: .initialLikes, after24h: .likes24h),
        Counter(path: \.reposts, bit: .reposts, column: .reposts, initial: .initialReposts, after24h: .reposts24h),
        Counter(path: \.replies, bit: .replies, column: .replies, initial: .initialReplies, after24h: .replies24h),
        Counter(path: \.views, bit: .views, column: .views, initial: .initialViews, after24h: .views24h),
    ]
}

/// Some of the four counters.
public struct CounterSet: OptionSet, Hashable, Sendable {
    public let rawValue: Int16

    public init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    public static let likes = CounterSet(rawValue: 1)
    public static let reposts = CounterSet(rawValue: 2)
    public static let replies = CounterSet(rawValue: 4)
    public static let views = CounterSet(rawValue: 8)
    public static let all: CounterSet = [.likes, .reposts, .replies, .views]
}
