import Domain
import Postgres
import Store
import TestDatabase
import Testing

/// The merge in SQL is the merge in `Domain`, for any history in any order.
@Suite struct PostIngestTests {
    @Test(arguments: 0..<12)
    func theTableHoldsWhatTheRuleSays(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: UInt64(seed))
            var expected: [String: PostObservation] = [:]
            var batches: [[PostObservation]] = []
            for _ in 0..<12 {
                batches.append((0..<Int.random(in: 1...6, using: &random)).map { _ in PostObservation.random(&random) })
            }
            for batch in batches {
                for post in batch { expected[post.statusID] = expected[post.statusID]?.merged(with: post.withHistory) ?? post.withHistory }
            }
            for batch in (batches + batches.prefix(4)).shuffled(using: &random) {
                let outcomes = try await archive.ingest(posts: batch, rejected: 0, BatchOrigin()).outcomes
                #expect(outcomes.count == batch.count)
            }
            #expect(try await database.states() == expected)
        }
    }

    @Test func aReplayWritesNoRowVersion() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: 7)
            let batch = (0..<50).map { PostObservation.random(&random, id: "\($0)") }
            #expect(try await archive.ingest(posts: batch, rejected: 0, BatchOrigin()).outcomes.allSatisfy { $0 == .inserted })
            let before = try await database.rowVersions()
            #expect(try await archive.ingest(posts: batch, rejected: 0, BatchOrigin()).outcomes.allSatisfy { $0 == .unchanged })
            #expect(try await database.rowVersions() == before)
        }
    }

    @Test func outcomesSayWhatHappened() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let old = PostObservation(at: 10, [.likes: .integer(1)])
            var new = PostObservation(at: 20, [.likes: .integer(2)])
            new.discoveredAt = old.discoveredAt
            #expect(try await archive.ingest(posts: [new], rejected: 0, BatchOrigin()).outcomes == [.inserted])
            // An older observation says nothing new of the post, but leaves its history once.
            #expect(try await archive.ingest(posts: [old], rejected: 0, BatchOrigin()).outcomes == [.updated])
            #expect(try await archive.ingest(posts: [old], rejected: 0, BatchOrigin()).outcomes == [.stale])
            #expect(try await archive.ingest(posts: [new], rejected: 0, BatchOrigin()).outcomes == [.unchanged])
            #expect(
                try await archive.ingest(posts: [PostObservation(at: 30, [.likes: .integer(3)])], rejected: 0, BatchOrigin()).outcomes == [
                    .updated
                ])
            #expect(
                try await archive.ingest(posts: [PostObservation(at: 5, [.replies: .integer(9)])], rejected: 0, BatchOrigin()).outcomes == [
                    .updated
                ])
            #expect(try await archive.post("1")?.post.counters == Counters(likes: 3, replies: 9))
        }
    }

    @Test func aDryRunAnswersTheSameAndKeepsNothing() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            let post = PostObservation(at: 10, [:])
            #expect(try await archive.ingest(posts: [post], rejected: 0, BatchOrigin(isDryRun: true)).outcomes == [.inserted])
            #expect(try await database.states().isEmpty)
        }
    }

    @Test func concurrentWritersEndInTheSameTable() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: 99)
            let batches = (0..<40).map { _ in (0..<5).map { _ in PostObservation.random(&random) } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for batch in batches { group.addTask { _ = try await archive.ingest(posts: batch, rejected: 0, BatchOrigin()).outcomes } }
                try await group.waitForAll()
            }
            var expected: [String: PostObservation] = [:]
            for post in batches.joined() {
                expected[post.statusID] = expected[post.statusID]?.merged(with: post.withHistory) ?? post.withHistory
            }
            #expect(try await database.states() == expected)
        }
    }

    @Test func aDeadDatabaseIsUnavailableAndNotAnAnswer() async throws {
        let nowhere = Pool(ConnectionOptions(conninfo: "host=127.0.0.1 port=1 user=x", connectTimeout: .seconds(1)), options: .init())
        let archive = PostgresArchive(reader: nowhere, writer: nowhere, schemaVersion: 1)
        let error = await #expect(throws: ArchiveError.self) {
            try await archive.ingest(posts: [PostObservation(at: 1, [:])], rejected: 0, BatchOrigin()).outcomes
        }
        guard case .unavailable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
