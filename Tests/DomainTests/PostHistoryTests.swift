import Domain
import Testing

/// What an observation leaves in the history, and how gaps in it are filled.
@Suite struct PostHistoryTests {
    private func observation(seen: Int64, discovered: Int64 = 1, _ carried: ColumnMap<Cell>) -> PostObservation {
        PostObservation(
            statusID: "1", discoveredAt: Timestamp(microseconds: discovered), lastSeenAt: Timestamp(microseconds: seen), carried: carried)
    }

    @Test func countersThatAreCarriedAreObservedAndNoOthers() {
        let snapshots = observation(seen: 5, [.likes: .integer(7), .views: .integer(9)]).snapshots
        #expect(snapshots.map(\.type) == [.latestObserved])
        #expect(snapshots[0].observed == [.likes, .views])
        #expect(snapshots[0].counters == Counters(likes: 7, views: 9))
        #expect(snapshots[0].at == Timestamp(microseconds: 5))
    }

    @Test func anObservationWithoutCountersLeavesNoHistory() {
        #expect(observation(seen: 5, [.bodyText: .text("hello")]).snapshots.isEmpty)
    }

    @Test func theFirstCaptureIsTheInitialOne() {
        let first = observation(seen: 1, [.likes: .integer(3)]).snapshots
        #expect(first.map(\.type) == [.latestObserved, .initialCapture])
        let stated = observation(seen: 5, [.likes: .integer(9), .initialLikes: .integer(2)]).snapshots
        #expect(stated.map(\.type) == [.latestObserved, .initialCapture])
        #expect(stated[1].counters.likes == 2 && stated[1].at == Timestamp(microseconds: 1))
        #expect(observation(seen: 5, [.likes: .integer(9)]).snapshots.map(\.type) == [.latestObserved])
    }

    @Test func aRefreshThatIsNewerThanTheObservationMovesTheCounters() {
        let refreshed = observation(
            seen: 5, [.likes: .integer(9), .refresh24hAt: .timestamp(Timestamp(microseconds: 8)), .likes24h: .integer(20)])
        #expect(refreshed.snapshots.last?.type == .refresh24h)
        #expect(refreshed.withHistory.cells[.likes] == .integer(20))
        #expect(refreshed.withHistory.lastSeenAt == Timestamp(microseconds: 5))
        #expect(refreshed.withHistory.times[.likes] == .at(Timestamp(microseconds: 8)))
    }

    @Test func metricsSayNothingButTheirCounters() {
        let post = observation(seen: 5, [.bodyText: .text("hello"), .likes: .integer(1), .views: .integer(1)])
        let newer = MetricsSnapshot(
            statusID: "1", type: .latestObserved, at: Timestamp(microseconds: 9), counters: Counters(likes: 4), observed: .likes)
        let merged = post.merged(with: newer.observation)
        #expect(merged.cells[.likes] == .integer(4) && merged.cells[.views] == .integer(1))
        #expect(merged.cells[.bodyText] == .text("hello"))
        #expect((merged.discoveredAt, merged.lastSeenAt) == (post.discoveredAt, post.lastSeenAt))
        #expect(newer.observation.merged(with: post) == merged)
    }

    @Test func snapshotsOfOneKeyMergeInAnyOrder() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let all = (0..<5).map { _ in
                MetricsSnapshot(
                    statusID: "1", type: .latestObserved, at: Timestamp(microseconds: 1),
                    counters: Counters(likes: .random(in: 0...2), views: .random(in: 0...2)),
                    observed: CounterSet(rawValue: .random(in: 0...15)), source: ["a", "b"].randomElement(using: &random)!)
            }
            func merged(_ list: [MetricsSnapshot]) -> MetricsSnapshot {
                // Counters that were not observed are nobody's business.
                var result = list.dropFirst().reduce(list[0]) { $0.merged(with: $1) }
                if !result.observed.contains(.likes) { result.counters.likes = 0 }
                if !result.observed.contains(.views) { result.counters.views = 0 }
                return result
            }
            #expect(merged((all + all.prefix(2)).shuffled(using: &random)) == merged(all))
        }
    }

    @Test func gapsAreFilledFromTheNewestEarlierSnapshotThatObservedTheCounter() {
        func snapshot(_ at: Int64, _ counters: Counters, _ observed: CounterSet) -> MetricsSnapshot {
            MetricsSnapshot(statusID: "1", type: .latestObserved, at: Timestamp(microseconds: at), counters: counters, observed: observed)
        }
        let history = [
            snapshot(3, Counters(views: 30), .views), snapshot(1, Counters(likes: 1, views: 10), [.likes, .views]),
            snapshot(2, Counters(likes: 2), .likes),
        ]
        let filled = [Counters(likes: 1, views: 10), Counters(likes: 2, views: 10), Counters(likes: 2, views: 30)]
        #expect(history.filled.map(\.counters) == filled)
    }
}
