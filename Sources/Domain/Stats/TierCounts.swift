/// Numbers of posts by the tier of their authors.
public struct TierCounts: Hashable, Sendable {
    private var counts: [WatchTier?: Int64]

    /// Zero in every tier.
    public init() {
        counts = [:]
    }

    /// The posts of a tier; nil stands for posts without one.
    public subscript(tier: WatchTier?) -> Int64 {
        get { counts[tier] ?? 0 }
        set { counts[tier] = newValue == 0 ? nil : newValue }
    }

    public var total: Int64 { counts.values.reduce(0, +) }
}
