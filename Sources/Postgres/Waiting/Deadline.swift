/// A point in time a wait must not go beyond.
struct Deadline {
    private let instant: ContinuousClock.Instant?
    private static let century = Duration.seconds(3_155_760_000)

    /// No limit when the duration is longer than a century: the sum could overflow.
    init(in duration: Duration) {
        instant = duration > Self.century ? nil : .now + duration
    }

    /// For poll(2): whole milliseconds until then, rounded up so that a wait never ends early; -1 without limit.
    var pollTimeout: Int32 {
        guard let instant else { return -1 }
        let left = instant - .now
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
