import Domain
import Testing

/// How fast a post spreads: over at least a quarter of an hour.
@Suite struct VelocityTests {
    private func history(_ looks: [(seconds: Int64, views: Int64)]) -> [MetricsSnapshot] {
        looks.map { look in
            MetricsSnapshot(
                statusID: "1", type: .latestObserved, at: Timestamp(microseconds: look.seconds * 1_000_000),
                counters: Counters(likes: look.views / 10, views: look.views))
        }
    }

    @Test(
        arguments: [
            // Two looks within seconds: 1,400 views in 20 s are not 252,000 in an hour.
            ([(0, 7_700), (20, 9_100)], 5_600_000),
            // Nothing older than a quarter of an hour: since the first look, and not since the last but one.
            ([(0, 1_000), (600, 1_500), (610, 1_510)], 2_040_000),
            // The newest look that is old enough, to the second.
            ([(0, 0), (100, 500), (101, 600), (1_000, 1_000)], 2_000_000), ([(0, 0), (99, 400), (1_000, 1_000)], 2_397_336),
            // Longer ago is measured over the whole time, and what was taken back is a loss.
            ([(0, 100), (7_200, 300)], 100_000), ([(0, 300), (7_200, 100)], -100_000), ([(0, 300), (1, 299)], -4_000),
        ] as [([(Int64, Int64)], Int64)])
    func viewsPerHour(looks: [(Int64, Int64)], thousandths: Int64) {
        #expect(Velocity(history(looks.map { (seconds: $0.0, views: $0.1) }))?.views == thousandths)
    }

    @Test func oneMomentTellsNothing() {
        #expect(Velocity([]) == nil && Velocity(history([(5, 1)])) == nil && Velocity(history([(5, 1), (5, 2)])) == nil)
    }

    /// Against the sentence of the documentation, with whole numbers.
    @Test func anyHistoryHasTheVelocityThatIsDocumented() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3_000 {
            let snapshots = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                MetricsSnapshot(
                    statusID: "1", type: MetricsSnapshot.Kind.allCases[Int.random(in: 0...2, using: &random)],
                    at: Timestamp(microseconds: .random(in: 0...10, using: &random) * 150_000_000),
                    counters: Counters(likes: .random(in: 0...50, using: &random), views: .random(in: 0...5_000, using: &random)))
            }.sorted { ($0.at, $0.type.rawValue) < ($1.at, $1.type.rawValue) }
            #expect(Velocity(snapshots) == Self.documented(snapshots), "\(snapshots)")
        }
    }

    private static func documented(_ snapshots: [MetricsSnapshot]) -> Velocity? {
        // The last one of a moment stands for it.
        let byMoment = Dictionary(grouping: snapshots, by: \.at).compactMapValues(\.last)
        let moments = byMoment.keys.sorted(by: >)
        guard moments.count > 1, let newest = byMoment[moments[0]] else { return nil }
        let quarter: Int64 = 900_000_000
        let old = moments.first { moments[0].microseconds - $0.microseconds >= quarter } ?? moments[moments.count - 1]
        guard let earlier = byMoment[old] else { return nil }
        let interval = max(quarter, moments[0].microseconds - old.microseconds)
        func perHour(_ gain: Int64) -> Int64 {
            let (quotient, rest) = (gain * 3_600_000_000_000).quotientAndRemainder(dividingBy: interval)
            return rest < 0 ? quotient - 1 : quotient
        }
        return Velocity(
            views: perHour(newest.counters.views - earlier.counters.views), likes: perHour(newest.counters.likes - earlier.counters.likes))
    }
}
