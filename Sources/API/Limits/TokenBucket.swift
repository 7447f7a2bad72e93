/// A token bucket: a burst of its capacity, then the rate at which it refills.
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
        /// Tokens that are left, and the time until the bucket is full again.
        case taken(left: Int, full: Duration)
        /// The time until the next token.
        case empty(next: Duration)
    }

    mutating func take(_ policy: Policy, at now: ContinuousClock.Instant) -> Taken {
        let missing = max(fullAt, now) - now + policy.interval
        guard missing <= policy.window else { return .empty(next: missing - policy.window) }
        fullAt = now + missing
        return .taken(left: Int((policy.window - missing) / policy.interval), full: missing)
    }
}
