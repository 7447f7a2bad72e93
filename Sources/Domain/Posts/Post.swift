/// A post as the feed shows it.
public struct Post: Hashable, Sendable {
    public var statusID: String
    public var discoveredAt: Timestamp
    public var authorHandle: String
    public var authorDisplay: String?
    public var watchTier: WatchTier?
    public var bodyText: String?
    public var url: String
    public var isSignificant: Bool
    public var significanceReason: String?
    /// The query of the collector that found it.
    public var sourceQuery: String?
    public var counters: Counters
    /// Nil when its history does not tell.
    public var velocity: Velocity?
    /// When the post was reported, nil when it was not.
    public var reportedAt: Timestamp?
    /// When it was found to be gone from X, nil when it is there or nobody told.
    public var goneAt: Timestamp?

    public init(
        statusID: String, discoveredAt: Timestamp, authorHandle: String, authorDisplay: String?, watchTier: WatchTier?,
        bodyText: String?, url: String, isSignificant: Bool, significanceReason: String?, sourceQuery: String?,
        counters: Counters, velocity: Velocity?, reportedAt: Timestamp?, goneAt: Timestamp? = nil
    ) {
        self.statusID = statusID
        self.discoveredAt = discoveredAt
        self.authorHandle = authorHandle
        self.authorDisplay = authorDisplay
        self.watchTier = watchTier
        self.bodyText = bodyText
        self.url = url
        self.isSignificant = isSignificant
        self.significanceReason = significanceReason
        self.sourceQuery = sourceQuery
        self.counters = counters
        self.velocity = velocity
        self.reportedAt = reportedAt
        self.goneAt = goneAt
    }

    /// The true time of posting, taken from the id; nil for ids of before the Snowflake era.
    public var postedAt: Timestamp? { StatusID.postedAt(statusID) }

    /// Microseconds from posting to discovery; nil when the time of posting is unknown.
    public var captureLatency: Int64? { postedAt.map { discoveredAt.microseconds - $0.microseconds } }
}

/// A post with all that is known of it.
public struct PostDetail: Hashable, Sendable {
    public var post: Post
    /// When it was observed last.
    public var lastSeenAt: Timestamp
    /// The values of `PostColumn.ofDetail`; a column that is null has none.
    public var rest: ColumnMap<Cell>
    /// Oldest first.
    public var snapshots: [MetricsSnapshot]
    /// Whether there are still earlier snapshots, which are left out.
    public var isPartial: Bool
    public var report: Report?

    public init(
        post: Post, lastSeenAt: Timestamp, rest: ColumnMap<Cell> = [:], snapshots: [MetricsSnapshot], isPartial: Bool = false,
        report: Report?
    ) {
        self.post = post
        self.lastSeenAt = lastSeenAt
        self.rest = rest
        self.snapshots = snapshots
        self.isPartial = isPartial
        self.report = report
    }
}
