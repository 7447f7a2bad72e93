internal import Domain

/// When posts are found: bursts after news, quiet nights, always forward.
struct Clock {
    /// Microseconds since 1970 of the post that was found last.
    private(set) var now: Int64
    private let pace: Double
    private var burst = 0

    /// The day on which every sample ends, 2026-03-01, in microseconds since 1970.
    static let end = Int64(CivilDate(year: 2026, month: 3, day: 1)!.daysSinceEpoch) * 86_400_000_000

    /// The sample ends on 2026-03-01; `posts` are spread over the days before it, seven days at least.
    init(posts: Int) {
        let days = min(max(7, posts / 40), 1_500)
        now = Self.end - Int64(days) * 86_400_000_000
        pace = Double(days) * 86_400_000_000 / Double(posts)
    }

    mutating func advance(_ random: inout RandomSource) {
        if burst == 0, random.chance(0.01) { burst = random.number(8...30) }
        let quick = burst > 0
        burst = max(0, burst - 1)
        let hour = Int(now / 3_600_000_000 % 24)
        let activity = quick ? 6.0 : (1...5).contains(hour) ? 0.3 : 1.6
        now += 1 + Int64(pace / activity * 2 * random.unit())
    }
}
