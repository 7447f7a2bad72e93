import Domain
import Postgres
import TestDatabase
import Testing

@testable import Store

/// What the statements beside the pages of the feed may cost: those for one post, and those for a batch of 200.
@Suite struct StatementBudgetTests {
    /// The tables that grow with the archive.
    private static let large = ["posts", "post_metrics_snapshots", "reports", "changes"]

    @Test func whatIsKnownOfOnePostIsFoundByItsKey() async throws {
        let id = BigArchive.id(BigArchive.middle)
        try await BigArchive.database.value.connect(prepares: true) { connection in
            try await check(PostQueries.post(id), 8...40, on: connection)
            try await check(MetricsQueries.history(of: id, limit: 10_001, within: 4 << 20), 4...40, on: connection)
            try await check(ReportQueries.report(of: id), 4...20, on: connection)
            try await check(ProvenanceQueries.fields(of: id), 4...40, on: connection)
            try await check(ProvenanceQueries.earlierTexts(of: id, limit: 10_001, within: 4 << 20), 1...40, on: connection)
        }
    }

    @Test func aBatchReadsOnlyWhatItBrings() async throws {
        let posts = PostBatch((0..<200).map(news))
        let (ids, snapshots) = (posts.posts.map(\.statusID), posts.snapshots)
        let metrics = MetricsBatch(snapshots)
        let reports = ids.map { ReportUpsert(statusID: $0, reportedAt: BigArchive.discovered(1)) }
        let embeddings = ids.map {
            EmbeddingUpsert(
                statusID: $0, backend: "b", model: "m", dims: 1, vectorJSON: "[1]", textHash: "h", createdAt: nil, updatedAt: nil)
        }
        try await rolledBack { connection in
            try await check(MetricsQueries.bringNews(snapshots), 5...6_000, on: connection)
            try await check(
                PostIngest.upsert(posts.posts, velocities: posts.velocities, holdingAll: true, batch: 1), 20...8_000, on: connection)
            try await check(MetricsQueries.insert(snapshots, batch: 1), 0.1...100, on: connection)
            try await check(MetricsQueries.upsertOfPosts(snapshots, numberedFrom: 0, batch: 1), 20...8_000, on: connection)
            try await check(MetricsQueries.upsert(snapshots, of: ids, batch: 1), 20...8_000, on: connection)
            try await check(GapQueries.fill(of: ids), 1...8_000, on: connection)
            try await check(VelocityQueries.refresh(ids), 100...30_000, on: connection)
            try await check(CounterMerge.lock(ids), 20...4_000, on: connection)
            try await check(CounterMerge.update(metrics.news, batch: 1), 20...8_000, on: connection)
            try await check(ReportQueries.upsert(reports, batch: 1), 20...8_000, on: connection)
            try await check(EmbeddingQueries.upsert(embeddings, batch: 1), 20...8_000, on: connection)
            try await check(WatchAccountQueries.retier([BigArchive.quiet], batch: 1), 8...20_000, on: connection)
        }
    }

    @Test func changesAreReadFromTheirPlaceOn() async throws {
        let (middle, end) = (ChangePlace(position: 10_000, offset: 0), ChangePlace(position: 20_001, offset: 0))
        let ids = (0..<200).map { BigArchive.id(BigArchive.middle + $0) }
        let keys = ids.map { MetricsSnapshot.Key(statusID: $0, type: .latestObserved, at: BigArchive.discovered(1)) }
        try await BigArchive.database.value.connect(prepares: true) { connection in
            try await check(ChangeQueries.end, 0.1...10, on: connection)
            try await check(ChangeQueries.number, 0.1...100, on: connection)
            try await check(ChangeQueries.nonce(at: 10_000), 1...10, on: connection)
            try await check(FirstReadQueries.keys(.post, after: .post(ids[0]), limit: 200), 1...1_000, on: connection)
            try await check(FirstReadQueries.keys(.metrics, after: .metrics(keys[0]), limit: 200), 1...1_000, on: connection)
            try await check(FirstReadQueries.keys(.report, after: .report(ids[0]), limit: 200), 1...1_000, on: connection)
            try await check(ChangeQueries.changes(from: middle, to: end, limit: 200), 1...2_000, on: connection)
            try await check(PostQueries.posts(ids), 20...6_000, on: connection)
            try await check(MetricsQueries.curves(of: ids), 20...20_000, on: connection)
            try await check(MetricsQueries.snapshots(keys, within: 4 << 20), 20...4_000, on: connection)
            try await check(ReportQueries.reports(of: ids, within: 4 << 20), 20...4_000, on: connection)
        }
    }

    @Test func howNewTheArchiveIsIsReadFromTheNewestPosts() async throws {
        try await BigArchive.database.value.connect(prepares: true) { connection in
            try await check(TimelineQueries.newest, 0.1...10, on: connection)
            try await check(FreshnessQueries.posts, 100...4_000, on: connection)
        }
    }

    /// The counts go through everything, but in indexes alone.
    @Test func theCountsReadNoPost() async throws {
        try await BigArchive.database.value.connect { connection in
            let plan = try await Plan.custom(SummaryQueries.summary, on: connection)
            #expect(plan.scans(of: "posts").allSatisfy { $0.type == "Index Only Scan" }, "\(plan)")
            #expect((1_000...60_000).contains(plan.cost), "\(plan)")
        }
    }

    private func check<Output>(
        _ statement: Statement<Output>, _ cost: ClosedRange<Double>, on connection: isolated Connection
    ) async throws {
        for plan in [try await Plan.custom(statement, on: connection), try await Plan.generic(statement, on: connection)] {
            #expect(
                plan.nodes.allSatisfy { $0.type != "Seq Scan" || !Self.large.contains($0.relation ?? "") }, "\(statement.name)\n\(plan)")
            #expect(cost.contains(plan.cost), "\(statement.name)\n\(plan)")
        }
    }

    /// News of a post, with a counter of their own.
    private func news(_ number: Int) -> PostObservation {
        let id = BigArchive.id(BigArchive.middle + Int64(number))
        return PostObservation(
            statusID: id, discoveredAt: BigArchive.discovered(BigArchive.middle),
            lastSeenAt: BigArchive.discovered(BigArchive.middle + 1_000),
            carried: [.url: .text("https://x.example/\(id)"), .authorHandle: .text("author1"), .likes: .integer(1_000_000)])
    }

    private struct Enough: Error {}

    private func rolledBack(_ body: @Sendable (isolated Connection) async throws -> Void) async throws {
        try await BigArchive.database.value.connect(prepares: true) { connection in
            do {
                try await connection.transaction { connection in
                    try await body(connection)
                    throw Enough()
                }
            } catch is Enough {}
        }
    }
}
