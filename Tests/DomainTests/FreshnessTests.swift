import Domain
import Testing

@Suite struct FreshnessTests {
    private static let minute: Int64 = 60_000_000
    private static let last = Timestamp(microseconds: 1_771_752_600_000_000)

    private func mode(_ mode: RunMode = .priority, every minutes: Int64?) -> ModeFreshness {
        ModeFreshness(mode: mode, lastRunAt: Self.last, usualInterval: minutes.map { $0 * Self.minute })
    }

    private func after(_ minutes: Int64, microseconds: Int64 = 0) -> Timestamp {
        Timestamp(microseconds: Self.last.microseconds + minutes * Self.minute + microseconds)
    }

    @Test func aModeIsStaleAfterOneAndAHalfIntervalsAndBlindAfterThree() {
        let hourly = mode(every: 60)
        #expect(hourly.dueAt == after(60))
        for (now, status) in [
            (after(-5), .live), (after(0), .live), (after(90), .live), (after(90, microseconds: 1), .stale), (after(180), .stale),
            (after(180, microseconds: 1), .blind), (after(600_000), .blind),
        ] as [(Timestamp, FreshnessStatus)] {
            #expect(hourly.status(at: now) == status)
            #expect(hourly.blindSince(at: now) == (status == .blind ? after(60) : nil))
        }
    }

    @Test func anIntervalCountsAsTenMinutesAtLeast() {
        let busy = mode(every: 1)
        #expect(busy.dueAt == after(1))
        #expect(busy.status(at: after(15)) == .live && busy.status(at: after(16)) == .stale && busy.status(at: after(30)) == .stale)
        #expect(busy.blindSince(at: after(30, microseconds: 1)) == after(1))
    }

    @Test func nothingIsKnownWithoutAUsualInterval() {
        #expect(mode(every: nil).status(at: after(600_000)) == .unknown && mode(every: nil).dueAt == nil)
        #expect(ModeFreshness(mode: .both, lastRunAt: nil, usualInterval: nil).status(at: after(0)) == .unknown)
    }

    private func freshness(_ now: Timestamp, _ modes: [ModeFreshness]) -> Freshness {
        Freshness(now: now, newestDiscovery: nil, newestObservation: nil, modes: modes)
    }

    @Test func collectionIsAsFreshAsItsFreshestModeThatLooksForNewPosts() {
        let modes = [mode(.priority, every: 60), mode(.discovery, every: 600), mode(.both, every: nil)]
        #expect(freshness(after(100), modes).status == .live)
        #expect(freshness(after(1_000), modes).status == .stale)
        #expect(freshness(after(1_800), modes).status == .stale && freshness(after(1_800), modes).blindSince == nil)
        // The last of them to go blind did so when its run did not come.
        #expect(freshness(after(1_801), modes).status == .blind)
        #expect(freshness(after(1_801), modes).blindSince == after(600))
        #expect(freshness(after(0), [mode(.both, every: nil)]).status == .unknown)
    }

    @Test func refreshedAndManualRunsFindNoNewPosts() {
        let modes = [mode(.priority, every: 60), mode(.refresh24h, every: 10_000), mode(.manual, every: 10_000)]
        #expect(freshness(after(200), modes).status == .blind)
        #expect(freshness(after(200), [mode(.refresh24h, every: 10_000)]).status == .unknown)
    }
}
