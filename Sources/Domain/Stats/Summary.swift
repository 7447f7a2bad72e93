/// The counts that `GET /v1/stats/summary` shows.
public struct Summary: Hashable, Sendable {
    public var posts: Int64
    public var significant: Int64
    public var reported: Int64
    public var significantReported: Int64
    public var watchAccounts: [WatchTier: Int64]
    /// Nil when no time of posting is known.
    public var captureLatency: CaptureLatency?

    public init(
        posts: Int64, significant: Int64, reported: Int64, significantReported: Int64, watchAccounts: [WatchTier: Int64],
        captureLatency: CaptureLatency?
    ) {
        self.posts = posts
        self.significant = significant
        self.reported = reported
        self.significantReported = significantReported
        self.watchAccounts = watchAccounts
        self.captureLatency = captureLatency
    }

    public var unreported: Int64 { posts - reported }
    public var unreportedSignificant: Int64 { significant - significantReported }
}

/// How long it took from posting to discovery, in microseconds.
public struct CaptureLatency: Hashable, Sendable {
    /// Of how many posts.
    public var posts: Int64
    /// The latency that half, 90 % and 99 % of them do not exceed.
    public var p50: Int64
    public var p90: Int64
    public var p99: Int64

    public init(posts: Int64, p50: Int64, p90: Int64, p99: Int64) {
        self.posts = posts
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
    }
}
