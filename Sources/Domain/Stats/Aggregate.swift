/// What was counted of the posts from the newest one back, until all were counted or the time for it was over.
public struct Aggregate<Value: Sendable>: Sendable {
    public var value: Value
    /// Posts that were discovered at this time or later are counted, all of them; nil when every post is counted.
    public var coveredSince: Timestamp?

    public init(_ value: Value, coveredSince: Timestamp? = nil) {
        self.value = value
        self.coveredSince = coveredSince
    }

    /// Whether posts are left that were not counted.
    public var isPartial: Bool { coveredSince != nil }
}
