/// How fast a post spreads: by its newest snapshot, and the newest one that is at least `leastInterval` older or else the first.
public struct Velocity: Hashable, Sendable {
    /// Microseconds over which a gain is measured at least: what a post gained within seconds says nothing of an hour.
    public static let leastInterval: Int64 = 15 * 60 * 1_000_000

    /// Thousandths of a view per hour, rounded down; negative where views were taken back.
    public var views: Int64
    /// Thousandths of a like per hour, rounded down.
    public var likes: Int64

    public init(views: Int64, likes: Int64) {
        self.views = views
        self.likes = likes
    }

    /// The velocity at the end of a history, oldest first; nil when it has less than two moments.
    public init?(_ history: [MetricsSnapshot]) {
        guard let first = history.first, let newest = history.last, first.at < newest.at else { return nil }
        let start = max(first.at, Timestamp(microseconds: newest.at.microseconds - Self.leastInterval))
        guard let earlier = history.last(where: { $0.at <= start }) else { return nil }
        let interval = max(newest.at.microseconds - earlier.at.microseconds, Self.leastInterval)
        views = Self.perHour(newest.counters.views, earlier.counters.views, interval)
        likes = Self.perHour(newest.counters.likes, earlier.counters.likes, interval)
    }

    private static let thousandHours = 3_600_000_000_000.0

    /// In floating point, because the product passes 64 bits; Postgres computes just the same (`velocity` in the schema).
    private static func perHour(_ newest: Int64, _ earlier: Int64, _ microseconds: Int64) -> Int64 {
        let exact = (Double(newest - earlier) * thousandHours / Double(microseconds)).rounded(.down)
        return Int64(min(max(exact, -limit), limit))
    }

    /// A double of this size is exact as an integer of 64 bits.
    private static let limit = 9_000_000_000_000_000_000.0
}
