import Domain
import Foundation
import Postgres
import Schema
import Synchronization
import TestDatabase
import Testing

@testable import Store

/// docs/locks.md answers which locks a batch takes, and in which order, by naming its statements.
@Suite struct LockOrderTests {
    @Test func aBatchTakesItsLocksInTheDocumentedOrder() async throws {
        let documented = try Self.documented()
        try await TestDatabase.with { database in
            let names = Names()
            let pool = Pool(
                database.options, options: .init(maximum: 1),
                observe: { observation in
                    if case .statement(let statement) = observation {
                        names.list.withLock { $0 += statement.name.split(separator: ", ").map(String.init) }
                    }
                })
            let archive = PostgresArchive(reader: pool, writer: pool, schemaVersion: Migration.latest)
            func statements(_ batch: (BatchOrigin) async throws -> BatchResult) async throws -> [String] {
                names.list.withLock { $0 = [] }
                _ = try await batch(BatchOrigin(bodyHash: "h", idempotencyKey: UUID().uuidString))
                return names.list.withLock { $0 }.filter { $0.contains(".") }
            }
            let known = PostObservation(at: 1_000_000, [.likes: .integer(1)])
            _ = try await archive.ingest(posts: [known], rejected: 0, BatchOrigin())
            var again = PostObservation(at: 2_000_000, [.likes: .integer(2)])
            again.gone = Gone(at: nil, toldAt: again.lastSeenAt)
            let new = PostObservation(
                statusID: "2", discoveredAt: Timestamp(microseconds: 1), lastSeenAt: Timestamp(microseconds: 1),
                carried: [.url: .text("https://x.example/2"), .authorHandle: .text("ada"), .likes: .integer(1)])
            #expect(try await statements { try await archive.ingest(posts: [again, new], rejected: 0, $0) } == documented["posts"])

            let snapshot = MetricsSnapshot(
                statusID: "1", type: .latestObserved, at: Timestamp(microseconds: 3_000_000), counters: Counters(likes: 3))
            #expect(try await statements { try await archive.ingest(metrics: [snapshot], rejected: 0, $0) } == documented["metrics"])

            let report = ReportUpsert(statusID: "1", reportedAt: Timestamp(microseconds: 1))
            #expect(try await statements { try await archive.ingest(reports: [report], rejected: 0, $0) } == documented["reports"])

            let embedding = EmbeddingUpsert(
                statusID: "1", backend: "b", model: "m", dims: 1, vectorJSON: "[1]", textHash: "h", createdAt: nil, updatedAt: nil)
            #expect(try await statements { try await archive.ingest(embeddings: [embedding], rejected: 0, $0) } == documented["embeddings"])

            let account = WatchAccountUpsert(handle: "ada", tier: .teammate)
            #expect(
                try await statements { try await archive.ingest(watchAccounts: [account], retier: true, rejected: 0, $0) }
                    == documented["watch accounts"])

            let run = PipelineRunUpsert(runAt: Timestamp(microseconds: 1), mode: .discovery)
            #expect(try await statements { try await archive.ingest(run: run, rejected: 0, $0) } == documented["runs"])

            // Of the purge each statement that the document names, in its order.
            names.list.withLock { $0 = [] }
            _ = try await archive.purge(Purge(of: "ada", confirmed: try await archive.rows(of: "ada").total, blocks: true, by: "operator"))
            let locking = documented["purge"] ?? []
            #expect(!locking.isEmpty && names.list.withLock { $0 }.filter(locking.contains) == locking)

            // And of an erasure, of a post whose author is not blocked now.
            let eve = PostObservation(
                statusID: "3", discoveredAt: Timestamp(microseconds: 1), lastSeenAt: Timestamp(microseconds: 1),
                carried: [.url: .text("https://x.example/3"), .authorHandle: .text("eve")])
            _ = try await archive.ingest(posts: [eve], rejected: 0, BatchOrigin())
            let locks = documented["erasure"] ?? []
            try await pool.withConnection { connection in
                let rows = try await connection.queryOne(ErasedPosts.rows(of: .posts(["3"])))
                names.list.withLock { $0 = [] }
                _ = try await ErasedPosts.run(Erasure(of: .posts(["3"]), confirmed: rows.total, by: "operator"), connection)
            }
            #expect(!locks.isEmpty && names.list.withLock { $0 }.filter(locks.contains) == locks)
            await pool.close()
        }
    }

    private final class Names: Sendable {
        let list = Mutex<[String]>([])
    }

    /// The statements of each kind, from the first table of the document.
    private static func documented() throws -> [String: [String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = String(decoding: try Data(contentsOf: root.appending(path: "docs/locks.md")), as: UTF8.self)
        let rows = text.split(separator: "\n").drop { !$0.hasPrefix("| kind |") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                return (cells[0], cells[1].matches(of: /`([^`]+)`/).map { String($0.1) })
            })
    }
}
