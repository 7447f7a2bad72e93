import Domain
import Postgres
import TestDatabase
import Testing

@testable import Store

/// How the views of posts went, in a few points.
@Suite struct CurveTests {
    /// Of one to 130 moments: each point is an observation, the newest is the last, and what lies between is thinned evenly.
    @Test(arguments: [1, 2, 3, 12, 13, 24, 25, 99, 100, 101, 130])
    func aCurveIsEveryNthOfTheNewestMoments(moments: Int) async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            try await write([history("1", moments), history("2", 2)].flatMap(\.self), to: archive)
            let curves = try await archive.curves(of: ["1", "2", "3"])
            let counted = min(moments, 100)
            let step = (counted + 11) / 12
            let places = moments > 1 ? stride(from: moments, to: moments - counted, by: -step).reversed() : []
            #expect(curves["1"] ?? [] == places.map { CurvePoint(at: moment($0), views: Int64($0 * 10)) })
            #expect(curves["1", default: []].count <= 12)
            #expect(curves["2"]?.map(\.views) == [10, 20])
            #expect(curves["3"] == nil)
        }
    }

    /// As everywhere, a refresh goes before what else was observed at its moment.
    @Test func aMomentIsOnePoint() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            try await write(
                [
                    snapshot("1", 1, .initialCapture, 5), snapshot("1", 2, .refresh24h, 9), snapshot("1", 2, .latestObserved, 7),
                    snapshot("1", 3, .latestObserved, 8),
                ], to: archive)
            #expect(try await archive.curves(of: ["1"])["1"]?.map(\.views) == [5, 9, 8])
        }
    }

    /// A gap is filled for the history; it is no observation.
    @Test func onlyViewsThatWereObservedAreInIt() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var likes = snapshot("1", 2, .latestObserved, 0)
            likes.observed = CounterSet(rawValue: 1)
            try await write([likes, snapshot("1", 3, .latestObserved, 6)], to: archive)
            #expect(try await archive.curves(of: ["1"]).isEmpty)
            try await write([snapshot("1", 4, .latestObserved, 7)], to: archive)
            #expect(try await archive.curves(of: ["1"])["1"]?.map(\.views) == [6, 7])
        }
    }

    @Test func ofALongHistoryOnlyTheNewestAreRead() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            try await write((1...2_000).map { snapshot("1", $0, .latestObserved, Int64($0)) }, to: archive)
            try await database.connect(prepares: true) { connection in
                try await connection.executeScript("ANALYZE")
                let plan = try await Plan.custom(MetricsQueries.curves(of: ["1"]), runs: true, on: connection)
                // Postgres tells the mean of the three types, rounded.
                #expect((97...103).contains(plan.reads(of: "post_metrics_snapshots")), "\(plan)")
            }
        }
    }

    private func history(_ id: String, _ moments: Int) -> [MetricsSnapshot] {
        (1...moments).map { snapshot(id, $0, [.latestObserved, .refresh24h, .initialCapture][$0 % 3], Int64($0 * 10)) }
    }

    private func snapshot(_ id: String, _ number: Int, _ type: MetricsSnapshot.Kind, _ views: Int64) -> MetricsSnapshot {
        MetricsSnapshot(statusID: id, type: type, at: moment(number), counters: Counters(views: views))
    }

    private func moment(_ number: Int) -> Timestamp { Timestamp(microseconds: Int64(number) * 60_000_000) }

    /// The posts first, without counters of their own.
    private func write(_ snapshots: [MetricsSnapshot], to archive: PostgresArchive) async throws {
        let posts = Set(snapshots.map(\.statusID)).map { id in
            var post = PostObservation(at: 1, [:])
            post.statusID = id
            return post
        }
        _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
        _ = try await archive.ingest(metrics: snapshots.shuffled(), rejected: 0, BatchOrigin())
    }
}
