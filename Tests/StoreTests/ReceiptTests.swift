import Domain
import Postgres
import Store
import TestDatabase
import Testing

/// What the archive remembers of batches.
@Suite struct ReceiptTests {
    @Test func aRepeatedKeyIsAnsweredAsTheFirstTime() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let origin = BatchOrigin(ingestKey: "ada", source: "collector/1", bodyHash: "h", idempotencyKey: "k")
            let first = try await archive.ingest(posts: [PostObservation(at: 1, [.likes: .integer(1)])], rejected: 2, origin)
            _ = try await archive.ingest(posts: [PostObservation(at: 2, [.likes: .integer(9)])], rejected: 0, BatchOrigin())
            let again = try await archive.ingest(posts: [PostObservation(at: 1, [.likes: .integer(1)])], rejected: 2, origin)
            #expect(again == first && first.outcomes == [.inserted])
            let number = try #require(first.batchID)
            let receipt = try #require(await archive.receipt(number))
            #expect(receipt.ingestKey == "ada" && receipt.source == "collector/1" && receipt.kind == "posts")
            #expect(receipt.counts?.inserted == 1 && receipt.counts?.rejected == 2 && receipt.counts?.received == 3)
            var other = origin
            other.bodyHash = "another"
            await #expect(throws: ArchiveError.repeatedKey) { try await archive.ingest(posts: [], rejected: 0, other) }
            other.ingestKey = "eve"
            #expect(try await archive.ingest(posts: [], rejected: 0, other).batchID != first.batchID)
        }
    }

    @Test func twinsWithOneKeyWriteOnce() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let origin = BatchOrigin(bodyHash: "h", idempotencyKey: "k")
            let answers = try await withThrowingTaskGroup(of: BatchResult.self) { group in
                for _ in 0..<8 { group.addTask { try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, origin) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers).count == 1 && answers[0].outcomes == [.inserted])
        }
    }

    @Test func aDryRunLeavesNoReceiptAndNoKey() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var origin = BatchOrigin(isDryRun: true, bodyHash: "h", idempotencyKey: "k")
            #expect(try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, origin).batchID == nil)
            origin.isDryRun = false
            #expect(try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, origin).outcomes == [.inserted])
        }
    }

    @Test func eachFieldNamesTheBatchThatSetIt() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            func send(_ at: Int64, _ carried: ColumnMap<Cell>) async throws -> Int64 {
                try #require(await archive.ingest(posts: [PostObservation(at: at, carried)], rejected: 0, BatchOrigin()).batchID)
            }
            let first = try await send(10, [.likes: .integer(1), .bodyText: .text("before"), .views: .integer(5)])
            let second = try await send(20, [.likes: .integer(2), .bodyText: .text("after")])
            let late = try await send(15, [.views: .integer(7), .replies: .integer(3)])
            let metrics = MetricsSnapshot(
                statusID: "1", type: .latestObserved, at: Timestamp(microseconds: 30), counters: Counters(reposts: 4), observed: .reposts)
            let counted = try #require(await archive.ingest(metrics: [metrics], rejected: 0, BatchOrigin()).batchID)
            let provenance = try #require(await archive.provenance("1"))
            let batches = Dictionary(uniqueKeysWithValues: provenance.fields.map { ($0.column, $0.batchID) })
            #expect(batches[.likes] == second && batches[.bodyText] == second && batches[.url] == second)
            #expect(batches[.views] == late && batches[.replies] == late && batches[.reposts] == counted)
            #expect(batches[.watchTier] == .some(nil))
            #expect(provenance.insertedBy == first && provenance.updatedBy == counted)
            #expect(provenance.earlierTexts.map(\.text) == ["before"] && provenance.earlierTexts.map(\.replacedBy) == [second])
            #expect(try await archive.provenance("404") == nil)
        }
    }

    @Test func aWatchAccountRetiersItsPostsOnlyWhenAsked() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            _ = try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, BatchOrigin())
            let account = WatchAccountUpsert(handle: "ada", tier: .teammate)
            #expect(try await archive.ingest(watchAccounts: [account], retier: false, rejected: 0, BatchOrigin()).retiered == 0)
            #expect(try await archive.post("1")?.post.watchTier == nil)
            let retiered = try await archive.ingest(watchAccounts: [account], retier: true, rejected: 0, BatchOrigin())
            #expect(retiered.retiered == 1 && retiered.outcomes == [.unchanged])
            #expect(try await archive.post("1")?.post.watchTier == .teammate)
            let tier = try await archive.provenance("1")?.fields.first { $0.column == .watchTier }
            #expect(tier?.batchID == retiered.batchID)
        }
    }
}
