/// Which posts a reader wants. The feed and every other view of the posts use this one value.
public struct PostFilter: Hashable, Sendable {
    /// Discovered at this time or later.
    public var since: Timestamp?
    /// Discovered at this time or earlier (inclusive).
    public var until: Timestamp?
    /// Any of these; empty means every tier. `nil` in the list asks for posts without a tier.
    public var tiers: [WatchTier?]
    /// Any of these authors, lower-case without `@`; empty means everybody.
    public var handles: [String]
    public var isSignificant: Bool?
    public var isReported: Bool?
    /// A case-insensitive substring of the text or the author's handle; every character is literal.
    public var text: String?

    public init(
        since: Timestamp? = nil, until: Timestamp? = nil, tiers: [WatchTier?] = [], handles: [String] = [],
        isSignificant: Bool? = nil, isReported: Bool? = nil, text: String? = nil
    ) {
        self.since = since
        self.until = until
        self.tiers = tiers
        self.handles = handles
        self.isSignificant = isSignificant
        self.isReported = isReported
        self.text = text
    }
}
