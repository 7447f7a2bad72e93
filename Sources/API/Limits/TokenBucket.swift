/// A token bucket: as many requests as it has tokens at once, then as many as flow in.
///
/// It is kept as the moment at which it will be full again, which needs no timer.
struct TokenBucket: Sendable {
    /// How many tokens a full bucket has, and how long it takes to fill an empty one.
    struct Policy: Hashable, Sendable {
        var tokens: Int
        var window: Duration

        var interval: Duration { window / tokens }
    }

    private var fullAt: ContinuousClock.Instant

    /// A full one.
    init(at now: ContinuousClock.Instant) { fullAt = now }

    enum Taken: Hashable, Sendable {
        /// How many are left, and when the bucket is full again if nobody takes more.
        case taken(left: Int, full: Duration)
        /// When there is one again.
        case empty(next: Duration)
    }

    mutating func take(_ policy: Policy, at now: ContinuousClock.Instant) -> Taken {
        let missing = max(fullAt, now) - now + policy.interval
        guard missing <= policy.window else { return .empty(next: missing - policy.window) }
        fullAt = now + missing
        return .taken(left: Int((policy.window - missing) / policy.interval), full: missing)
    }
}
