import Domain
import Store
import TestDatabase
import Testing

/// Counts against counting post by post.
@Suite struct SummaryTests {
    @Test(arguments: 0..<3)
    func everyCountIsThatOfThePosts(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var random = Seeded(state: UInt64(seed))
            _ = try await archive.ingest(posts: RandomPosts.some(&random, 60), rejected: 0, BatchOrigin())
            _ = try await archive.ingest(reports: RandomPosts.reports(&random), rejected: 0, BatchOrigin())
            let accounts = [("handle0", .influencer), ("handle1", .influencer), ("nobody", .teammate)] as [(String, WatchTier)]
            _ = try await archive.ingest(
                watchAccounts: accounts.map { WatchAccountUpsert(handle: $0, tier: $1) }, retier: false, rejected: 0, BatchOrigin())
            let posts = try await archive.feed(PostFilter(), sort: .discovered, start: .first, limit: 100).posts

            let summary = try await archive.summary()
            #expect(summary.posts == 60 && summary.watchAccounts == [.teammate: 1, .influencer: 2, .ecosystem: 0])
            #expect(summary.significant == posts.count { $0.isSignificant })
            #expect(summary.reported == posts.count { $0.reportedAt != nil })
            #expect(summary.unreportedSignificant == posts.count { $0.isSignificant && $0.reportedAt == nil })
            let latencies = posts.compactMap(\.captureLatency).sorted()
            func percentile(_ percent: Int) -> Int64 { latencies[(latencies.count * percent + 99) / 100 - 1] }
            let expected = CaptureLatency(posts: Int64(latencies.count), p50: percentile(50), p90: percentile(90), p99: percentile(99))
            #expect(!latencies.isEmpty && summary.captureLatency == expected)

            let listed = try await archive.watchAccounts(tier: nil)
            #expect(listed.map(\.handle) == accounts.map(\.0))
            for account in listed {
                let own = posts.filter { $0.authorHandle == account.handle }
                #expect(account.posts == own.count && account.lastPostAt == own.map(\.discoveredAt).max())
            }
            #expect(try await archive.watchAccounts(tier: .teammate) == [listed[2]])
        }
    }

    @Test func noLatencyIsKnownWithoutATimeOfPosting() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            #expect(try await archive.summary().captureLatency == nil)
            _ = try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, BatchOrigin())
            let summary = try await archive.summary()
            #expect(summary.posts == 1 && summary.captureLatency == nil)
        }
    }
}
