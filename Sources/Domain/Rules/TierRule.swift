/// The three tiers in any case; an empty text is no tier; anything else is refused, never silently dropped.
public enum TierRule {
    public enum Reading: Hashable, Sendable {
        case tier(WatchTier)
        case none
    }

    /// Nil for a text that is neither a tier nor empty.
    public static func parse(_ text: some StringProtocol) -> Reading? {
        if text.isEmpty { return Reading.none }
        return WatchTier(rawValue: text.lowercased()).map(Reading.tier)
    }
}
