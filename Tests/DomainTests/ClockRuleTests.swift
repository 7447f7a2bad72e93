import Domain
import Testing

@Suite struct ClockRuleTests {
    private let now = Timestamp(microseconds: 1_771_750_000_000_000)

    private func ahead(by microseconds: Int64) -> Timestamp { Timestamp(microseconds: now.microseconds + microseconds) }

    @Test func tenMinutesAheadAreForgivenAndNotAMicrosecondMore() {
        #expect(ClockRule.tolerance == 600_000_000)
        #expect(ClockRule.excess(of: now, at: now) == nil)
        #expect(ClockRule.excess(of: ahead(by: 600_000_000), at: now) == nil)
        #expect(ClockRule.excess(of: ahead(by: 600_000_001), at: now) == 600_000_001)
    }

    @Test func thePastIsNeverAhead() {
        #expect(ClockRule.excess(of: .earliest, at: now) == nil)
        #expect(ClockRule.excess(of: Timestamp(microseconds: .min), at: now) == nil)
    }

    @Test func noMomentIsTooFarToBeMeasured() {
        #expect(ClockRule.excess(of: .latest, at: now) == Timestamp.latest.microseconds - now.microseconds)
        #expect(ClockRule.excess(of: Timestamp(microseconds: .max), at: Timestamp(microseconds: .min)) != nil)
    }

    @Test(
        arguments: [
            (600_000_001, "10 minutes"), (7_199_999_999, "119 minutes"), (7_200_000_000, "2 hours"), (172_799_999_999, "47 hours"),
            (172_800_000_000, "2 days"), (60_000_000, "1 minute"),
        ] as [(Int64, String)])
    func theDifferenceIsToldInWords(excess: Int64, words: String) {
        #expect(ClockRule.words(for: excess) == words)
    }
}
