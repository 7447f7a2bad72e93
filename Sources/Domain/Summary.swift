/// The counts that `GET /v1/stats/summary` shows.
public struct Summary: Hashable, Sendable {
    public var posts: Int64
    public var significant: Int64
    public var reported: Int64
    public var significantReported: Int64
    public var watchAccounts: [WatchTier: Int64]

    public init(
        posts: Int64, significant: Int64, reported: Int64, significantReported: Int64, watchAccounts: [WatchTier: Int64]
    ) {
        self.posts = posts
        self.significant = significant
        self.reported = reported
        self.significantReported = significantReported
        self.watchAccounts = watchAccounts
    }

    public var unreported: Int64 { posts - reported }
    public var unreportedSignificant: Int64 { significant - significantReported }
}
