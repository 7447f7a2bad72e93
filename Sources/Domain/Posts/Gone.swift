/// What an observation tells of whether X still has the post.
public struct Gone: Hashable, Sendable {
    /// When the post was found to be gone; nil: it is there.
    public var at: Timestamp?
    /// When that was observed.
    public var toldAt: Timestamp

    public init(at: Timestamp?, toldAt: Timestamp) {
        self.at = at
        self.toldAt = toldAt
    }

    /// The rule of every column: the newest observation that carried it wins, of two with the same time the greater value, of which nil is
    /// the least.
    static func merged(_ one: Gone?, _ other: Gone?) -> Gone? {
        guard let one, let other else { return one ?? other }
        if one.toldAt != other.toldAt { return one.toldAt > other.toldAt ? one : other }
        return (one.at ?? .earliest) > (other.at ?? .earliest) ? one : other
    }
}

/// What readers see of posts that are gone from X.
public enum GonePostRule: String, CaseIterable, Sendable {
    /// All that was captured.
    case show
    /// Everything but their texts.
    case hideText = "hide_text"
}
