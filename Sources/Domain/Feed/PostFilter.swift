/// Which posts a reader wants. The feed and every other view of the posts use this one value.
public struct PostFilter: Hashable, Sendable {
    /// Discovered at this time or later.
    public var since: Timestamp?
    /// Discovered at this time or earlier (inclusive).
    public var until: Timestamp?
    /// Posted at this time or later; a post whose id tells no time is not.
    public var postedSince: Timestamp?
    /// Posted at this time or earlier (inclusive); a post whose id tells no time is not.
    public var postedUntil: Timestamp?
    /// Any of these; empty means every tier. `nil` in the list asks for posts without a tier.
    public var tiers: [WatchTier?]
    /// None of these; `nil` in the list leaves out posts without a tier.
    public var excludedTiers: [WatchTier?]
    /// Any of these authors, lower-case without `@`; empty means everybody.
    public var handles: [String]
    /// None of these authors.
    public var excludedHandles: [String]
    /// Found by any of these queries of a collector, exactly; an empty text in the list asks for posts without a query, be it null or empty.
    /// An empty list means every query.
    public var sourceQueries: [String]
    public var isSignificant: Bool?
    public var isReported: Bool?
    /// Whether the text holds the address of a web page, with a host.
    public var hasLink: Bool?
    /// The least value of each counter.
    public var minimum: Counters
    /// A case-insensitive substring of the text or the author's handle; every character is literal.
    public var text: String?
    /// None of these, each as `text`.
    public var excluded: [String]
    /// Whether posts that are gone from X are as if they had no text. No reader asks for it: the archive decides.
    public var hidesGoneTexts = false

    public init(
        since: Timestamp? = nil, until: Timestamp? = nil, postedSince: Timestamp? = nil, postedUntil: Timestamp? = nil,
        tiers: [WatchTier?] = [], excludedTiers: [WatchTier?] = [], handles: [String] = [], excludedHandles: [String] = [],
        sourceQueries: [String] = [], isSignificant: Bool? = nil,
        isReported: Bool? = nil, hasLink: Bool? = nil, minimum: Counters = Counters(), text: String? = nil, excluded: [String] = []
    ) {
        self.since = since
        self.until = until
        self.postedSince = postedSince
        self.postedUntil = postedUntil
        self.tiers = tiers
        self.excludedTiers = excludedTiers
        self.handles = handles
        self.excludedHandles = excludedHandles
        self.sourceQueries = sourceQueries
        self.isSignificant = isSignificant
        self.isReported = isReported
        self.hasLink = hasLink
        self.minimum = minimum
        self.text = text
        self.excluded = excluded
    }
}
