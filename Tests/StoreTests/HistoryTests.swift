import Domain
import Postgres
import Store
import TestDatabase
import Testing

/// Feed and history are in step after any batches in any order, and are what the rules in `Domain` say.
@Suite struct HistoryTests {
    @Test(arguments: 0..<10)
    func theHistoryIsWhatTheRulesSay(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: UInt64(seed + 1_000))
            let posts = (0..<14).map { _ in PostObservation.random(&random) }
            let metrics = (0..<14).map { _ in MetricsSnapshot.random(&random) }
            // Metrics need their posts; what they all have in common comes first.
            let first = (1...3).map { PostObservation(statusID: "\($0)", at: 1) }
            _ = try await archive.ingest(posts: first, rejected: 0, BatchOrigin())
            for step in (0..<14).shuffled(using: &random) {
                _ = try await archive.ingest(posts: [posts[step]], rejected: 0, BatchOrigin())
                _ = try await archive.ingest(metrics: [metrics[step], metrics[(step + 3) % 14]], rejected: 0, BatchOrigin())
            }
            var expected: [String: PostObservation] = [:]
            var history: [MetricsSnapshot.Key: MetricsSnapshot] = [:]
            for post in first + posts {
                expected[post.statusID] = expected[post.statusID]?.merged(with: post.withHistory) ?? post.withHistory
                for snapshot in post.snapshots { history[snapshot.key] = history[snapshot.key]?.merged(with: snapshot) ?? snapshot }
            }
            for snapshot in metrics {
                expected[snapshot.statusID] = expected[snapshot.statusID]?.merged(with: snapshot.observation)
                history[snapshot.key] = history[snapshot.key]?.merged(with: snapshot) ?? snapshot
            }
            #expect(try await database.states() == expected)
            for id in expected.keys {
                let detail = try #require(await archive.post(id))
                #expect(detail.snapshots == history.values.filter { $0.statusID == id }.filled)
                #expect(detail.post.velocity == Velocity(detail.snapshots))
                let newest = detail.snapshots.map(\.at).max()
                if let newest, let last = detail.snapshots.last(where: { $0.at == newest && $0.observed == .all }) {
                    #expect(detail.post.counters.likes >= last.counters.likes)
                }
            }
        }
    }

    /// Their index is written at its end then.
    @Test func idsOfSnapshotsGrowWithTheBatchesAndTheirItems() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            for batch in [3, 1, 2] as [Int64] {
                let posts = (1...20).map { number in
                    var post = PostObservation(at: batch, [.likes: .integer(5)])
                    post.statusID = "\(number)"
                    return post.withHistory
                }
                _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            }
            let grow = Statement(
                "grow",
                """
                SELECT bool_and(before <= inserted_by) AND count(DISTINCT inserted_by) = 3
                FROM (SELECT inserted_by, lag(inserted_by) OVER (ORDER BY id) AS before FROM post_metrics_snapshots) AS ids
                """
            ) { try $0.bool(0) }
            #expect(try await database.connect { try await $0.queryOne(grow) })
        }
    }

    @Test func newerMetricsUpdateTheFeedAndOlderOnesOnlyTheHistory() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            _ = try await archive.ingest(posts: [PostObservation(at: 10, [.likes: .integer(5)])], rejected: 0, BatchOrigin())
            func metrics(_ at: Int64, _ likes: Int64) -> MetricsSnapshot {
                MetricsSnapshot(statusID: "1", type: .latestObserved, at: Timestamp(microseconds: at), counters: Counters(likes: likes))
            }
            _ = try await archive.ingest(metrics: [metrics(20, 9), metrics(5, 1)], rejected: 0, BatchOrigin())
            let detail = try #require(await archive.post("1"))
            #expect(detail.post.counters.likes == 9)
            #expect(detail.snapshots.map(\.counters.likes) == [1, 5, 5, 9] || detail.snapshots.map(\.counters.likes) == [1, 5, 9])
            _ = try await archive.ingest(posts: [PostObservation(at: 15, [.likes: .integer(7)])], rejected: 0, BatchOrigin())
            #expect(try await archive.post("1")?.post.counters.likes == 9)
        }
    }
}

extension MetricsSnapshot {
    fileprivate static func random(_ random: inout Seeded) -> MetricsSnapshot {
        MetricsSnapshot(
            statusID: "\(Int.random(in: 1...3, using: &random))",
            type: MetricsSnapshot.Kind.allCases[Int.random(in: 0...2, using: &random)],
            at: .random(&random, steps: 5),
            counters: Counters(
                likes: .random(in: 0...3, using: &random), reposts: .random(in: 0...3, using: &random),
                replies: .random(in: 0...3, using: &random), views: .random(in: 0...3, using: &random)))
    }
}

extension PostObservation {
    fileprivate init(statusID: String, at time: Int64) {
        self.init(
            statusID: statusID, discoveredAt: Timestamp(microseconds: time), lastSeenAt: Timestamp(microseconds: time),
            carried: [.url: .text("https://x.example/1"), .authorHandle: .text("ada")])
    }
}
