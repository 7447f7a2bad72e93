import Domain
import Postgres
import Schema
import Store
import TestDatabase
import Testing

/// Aggregates count the posts of a filter, however they cut them into slices and wherever time is up.
@Suite struct AggregateTests {
    @Test(arguments: 0..<4)
    func everyPostIsCountedOnce(seed: Int) async throws {
        var random = Seeded(state: UInt64(seed))
        for sliceRows in [1...1, 3...10, 10_000...80_000] {
            try await withPosts(&random, sliceRows) { archive, plainly, random async throws in
                for _ in 0..<12 {
                    let filter = PostFilter.random(&random)
                    let posts = try await plainly(filter)
                    let facets = try await archive.facets(filter, within: .seconds(60))
                    #expect(!facets.isPartial && facets.value == Facets(posts), "\(filter)")

                    let bounds = randomBounds(&random)
                    let timeline = try await archive.timeline(filter, bounds: bounds, within: .seconds(60))
                    #expect(!timeline.isPartial && timeline.value == count(posts, bounds), "\(filter)")
                }
            }
        }
    }

    /// What is counted when time is up at once is all that is as new as the answer says.
    @Test(arguments: 0..<4)
    func aPartialAnswerSaysExactlyWhatItCounts(seed: Int) async throws {
        var random = Seeded(state: UInt64(seed))
        for rows in [1, 2, 7] {
            try await withPosts(&random, rows...rows) { archive, plainly, random async throws in
                let all = try await archive.facets(PostFilter(), within: .zero)
                #expect(all.isPartial && all.value.total >= rows && all.value.total < 60)

                for _ in 0..<6 {
                    let filter = PostFilter.random(&random)
                    func covered(since: Timestamp?) async throws -> [Post] {
                        var covered = filter
                        covered.since = [filter.since, since].compactMap(\.self).max()
                        return try await plainly(covered)
                    }
                    let facets = try await archive.facets(filter, within: .zero)
                    #expect(try await facets.value == Facets(covered(since: facets.coveredSince)), "\(filter)")
                    let bounds = randomBounds(&random)
                    let timeline = try await archive.timeline(filter, bounds: bounds, within: .zero)
                    #expect(try await timeline.value == count(covered(since: timeline.coveredSince), bounds), "\(filter)")
                }
            }
        }
    }

    @Test func whatIsCountedWithinTheFirstSliceIsNeverPartial() async throws {
        var random = Seeded(state: 1)
        try await withPosts(&random, 60...60) { archive, _, _ async throws in
            #expect(try await !archive.facets(PostFilter(), within: .zero).isPartial)
            #expect(try await !archive.timeline(PostFilter(), bounds: [.earliest, .latest], within: .zero).isPartial)
        }
    }

    @Test func anEmptyArchiveHasNothingToCount() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            #expect(try await archive.newestDiscovery() == nil)
            #expect(try await archive.facets(PostFilter(), within: .zero).value == Facets())
            let timeline = try await archive.timeline(
                PostFilter(), bounds: [.earliest, Timestamp(microseconds: 0), .latest], within: .zero)
            #expect(timeline.value == [TierCounts(), TierCounts()] && !timeline.isPartial)
        }
    }

    @Test func theMostFrequentValuesAreListedAndTheOthersAreCounted() {
        var values = Facets.Values()
        for (value, posts) in [("b", 2), ("a", 2), (nil, 2), ("c", 5), ("d", 1)] as [(String?, Int64)] { values[value] = posts }
        let ranking = values.ranked(3)
        #expect(ranking.top.map(\.value) == ["c", "a", "b"] && ranking.top.map(\.count) == [5, 2, 2])
        #expect(ranking.otherValues == 2 && ranking.otherPosts == 3)
        #expect(values.ranked(9).top.map(\.value) == ["c", "a", "b", nil, "d"])
        #expect(values.ranked(9).otherValues == 0)
    }
}

/// Runs `body` with an archive of 60 posts, some of them reported, and a plain way to ask for the posts of a filter.
private func withPosts(
    _ random: inout Seeded, _ sliceRows: ClosedRange<Int>,
    _ body: (PostgresArchive, (PostFilter) async throws -> [Post], inout Seeded) async throws -> Void
) async throws {
    var copy = random
    try await TestDatabase.with { database in
        let pool = Pool(database.options, options: .init(maximum: 2, waitTimeout: .seconds(600)))
        let archive = PostgresArchive(reader: pool, writer: pool, schemaVersion: Migration.all.count, sliceRows: sliceRows)
        _ = try await archive.ingest(posts: RandomPosts.some(&copy, 60), rejected: 0, BatchOrigin())
        _ = try await archive.ingest(reports: RandomPosts.reports(&copy), rejected: 0, BatchOrigin())
        let all = try await archive.feed(PostFilter(), sort: .discovered, start: .first, limit: 100).posts
        let posts = Dictionary(uniqueKeysWithValues: all.map { ($0.statusID, $0) })
        try await body(archive, { try await database.plainly($0, .discovered).compactMap { posts[$0] } }, &copy)
        await pool.close()
    }
    random = copy
}

/// Some of the moments at which posts were discovered; often all of these lie between the first bound and the last.
private func randomBounds(_ random: inout Seeded) -> [Timestamp] {
    let chosen = (0...12).filter { _ in Bool.random(using: &random) }.map { Timestamp(microseconds: 1_771_752_600_000_000 + $0) }
    return Bool.random(using: &random) || chosen.count < 2 ? [.earliest] + chosen + [.latest] : chosen
}

/// The reference: posts by stretch of time and tier, one by one.
private func count(_ posts: [Post], _ bounds: [Timestamp]) -> [TierCounts] {
    zip(bounds, bounds.dropFirst()).map { start, end in
        var counts = TierCounts()
        for post in posts where post.discoveredAt >= start && post.discoveredAt < end { counts[post.watchTier] += 1 }
        return counts
    }
}

extension Facets {
    /// The reference: post by post.
    fileprivate init(_ posts: [Post]) {
        self.init()
        for post in posts {
            tiers[post.watchTier] += 1
            significant[post.isSignificant] += 1
            reported[post.reportedAt != nil] += 1
            handles[post.authorHandle] += 1
            sourceQueries[post.sourceQuery.flatMap { $0.isEmpty ? nil : $0 }] += 1
        }
    }
}
