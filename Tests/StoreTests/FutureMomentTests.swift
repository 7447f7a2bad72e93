import Domain
import Postgres
import Store
import TestDatabase
import Testing

/// A client's clock is not believed: what it dates more than ten minutes ahead of the database is refused, and what is there already
/// moves nothing.
@Suite struct FutureMomentTests {
    /// The database's clock, and a moment so many minutes ahead of it.
    private func ahead(_ minutes: Int64, _ database: TestDatabase) async throws -> Timestamp {
        let now = try await database.connect { connection async throws in
            try await connection.queryOne(Statement("test.now", "SELECT now()", decode: { try $0.timestamp(0) }))
        }
        return Timestamp(microseconds: now + minutes * 60_000_000)
    }

    private func post(_ id: String, discovered: Timestamp, seen: Timestamp, refreshed: Timestamp? = nil) -> PostObservation {
        PostObservation(
            statusID: id, discoveredAt: discovered, lastSeenAt: seen,
            carried: [
                .url: .text("https://x.example/\(id)"), .authorHandle: .text("ada"),
                .refresh24hAt: refreshed.map(Cell.timestamp) ?? .null,
            ])
    }

    private func fields(_ outcome: IngestOutcome) -> [String?] {
        if case .rejected(let faults) = outcome { faults.map(\.field) } else { [] }
    }

    @Test func everyMomentOfEveryKindIsLookedAt() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            let (soon, later) = (try await ahead(9, database), try await ahead(12, database))
            let origin = BatchOrigin()
            let posts = [
                post("1", discovered: soon, seen: soon, refreshed: soon), post("2", discovered: later, seen: soon),
                post("3", discovered: soon, seen: later), post("4", discovered: soon, seen: soon, refreshed: later),
                post("5", discovered: later, seen: later, refreshed: later),
            ]
            let outcomes = try await archive.ingest(posts: posts, rejected: 0, origin).outcomes
            #expect(
                outcomes.map(fields) == [
                    [], ["discovered_at"], ["last_seen_at"], ["refresh_24h_at"], ["discovered_at", "last_seen_at", "refresh_24h_at"],
                ])
            func snapshot(_ at: Timestamp) -> MetricsSnapshot {
                MetricsSnapshot(statusID: "1", type: .latestObserved, at: at, counters: Counters(likes: 1))
            }
            #expect(
                try await archive.ingest(metrics: [snapshot(later), snapshot(soon)], rejected: 0, origin).outcomes.map(fields)
                    == [["snapshot_at"], []])
            let reports = [ReportUpsert(statusID: "1", reportedAt: later), ReportUpsert(statusID: "1", reportedAt: soon)]
            #expect(try await archive.ingest(reports: reports, rejected: 0, origin).outcomes.map(fields) == [["reported_at"], []])
            for (at, expected) in [(later, ["run_at"]), (soon, [])] {
                let run = PipelineRunUpsert(runAt: at, mode: .priority)
                #expect(try await archive.ingest(run: run, rejected: 0, origin).outcomes.map(fields) == [expected])
            }
            let accounts = [
                WatchAccountUpsert(handle: "ada", tier: .teammate, addedAt: later),
                WatchAccountUpsert(handle: "bob", tier: .teammate, addedAt: soon),
            ]
            let watched = try await archive.ingest(watchAccounts: accounts, retier: true, rejected: 0, origin)
            #expect(watched.outcomes.map(fields) == [["added_at"], []] && watched.retiered == 0)
            func vector(_ created: Timestamp?, _ updated: Timestamp?) -> EmbeddingUpsert {
                EmbeddingUpsert(
                    statusID: "1", backend: "b", model: "m", dims: 1, vectorJSON: "[1]", textHash: "h", createdAt: created,
                    updatedAt: updated)
            }
            #expect(
                try await archive.ingest(embeddings: [vector(later, later), vector(nil, nil), vector(soon, soon)], rejected: 0, origin)
                    .outcomes.map(fields) == [["created_at", "updated_at"], [], []])
            #expect(try await archive.summary().posts == 1)
        }
    }

    @Test func whatIsRefusedIsCountedRehearsedAndAnsweredAgain() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            let (now, later) = (try await ahead(0, database), try await ahead(12, database))
            let posts = [
                post("1", discovered: now, seen: later), post("2", discovered: now, seen: now), post("3", discovered: later, seen: now),
            ]
            var origin = BatchOrigin(isDryRun: true, bodyHash: "h", idempotencyKey: "k")
            let rehearsed = try await archive.ingest(posts: posts, rejected: 1, origin)
            origin.isDryRun = false
            let first = try await archive.ingest(posts: posts, rejected: 1, origin)
            #expect(first.outcomes.map(fields) == [["last_seen_at"], [], ["discovered_at"]])
            #expect(rehearsed.outcomes.map(\.name) == first.outcomes.map(\.name))
            // The answer is of the moment when the batch came, however late it is given again.
            #expect(try await archive.ingest(posts: posts, rejected: 1, origin) == first)
            let number = try #require(first.batchID)
            let receipt = try #require(await archive.receipt(number))
            #expect(receipt.receivedAt == first.receivedAt)
            #expect(receipt.counts?.rejected == 3 && receipt.counts?.inserted == 1 && receipt.counts?.received == 4)
        }
    }

    @Test func theMessageTellsTheDifference() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            let far = post("1", discovered: try await ahead(0, database), seen: try await ahead(3 * 1_440 + 5, database))
            let result = try await archive.ingest(posts: [far], rejected: 0, BatchOrigin())
            guard case .rejected(let faults) = result.outcomes[0] else {
                Issue.record("\(result.outcomes[0])")
                return
            }
            #expect(faults.map(\.code) == [.invalidValue])
            #expect(
                faults[0].message.contains("last_seen_at is 3 days ahead of the archive's clock, which says \(result.receivedAt.iso8601);"))
        }
    }

    @Test func postsOfTheFutureThatAreThereMoveNoDefault() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            let (now, hour, soon) = (try await ahead(0, database), try await ahead(-60, database), try await ahead(5, database))
            func insert(_ id: String, _ discovered: String, _ seen: String) async throws {
                try await database.connect { connection async throws in
                    try await connection.executeScript(
                        """
                        INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at)
                        VALUES ('\(id)', 'https://x.example/', 'ada', '\(discovered)', '\(seen)')
                        """, timeout: .seconds(10))
                }
            }
            try await insert("1", "2099-01-01", "2099-01-01")
            #expect(try await archive.newestDiscovery() == nil)
            let empty = try await archive.freshness()
            #expect(empty.newestDiscovery == nil && empty.newestObservation == nil)
            try await insert("2", hour.iso8601, hour.iso8601)
            try await insert("3", hour.iso8601, "2099-01-01")
            #expect(try await archive.newestDiscovery() == hour)
            let freshness = try await archive.freshness()
            #expect(freshness.newestDiscovery == hour && freshness.newestObservation == hour)
            _ = try await archive.ingest(
                watchAccounts: [WatchAccountUpsert(handle: "ada", tier: .teammate)], retier: false, rejected: 0, BatchOrigin())
            #expect(try await archive.watchAccounts(tier: nil).map(\.lastPostAt) == [hour])
            // Clocks differ: what is within the tolerance is news, but no timeline ends behind now.
            try await insert("4", soon.iso8601, soon.iso8601)
            let end = try #require(await archive.newestDiscovery())
            #expect(end >= now && end < soon)
            #expect(try await archive.freshness().newestDiscovery == soon)
        }
    }
}
