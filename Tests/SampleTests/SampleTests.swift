import Domain
import Foundation
import GRDB
import Sample
import Testing

@Suite struct SampleTests {
    private func rows(posts: Int, seed: UInt64, endingAt end: Timestamp? = nil, of query: String = "SELECT * FROM tweets") throws -> [Row] {
        let path = NSTemporaryDirectory() + "sample-\(UUID().uuidString).db"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        try SampleSnapshot(posts: posts, seed: seed, endingAt: end).write(to: path) { _ in }
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try #expect(String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
            return try Row.fetchAll(db, sql: query)
        }
    }

    @Test func oneSeedIsOneContent() throws {
        let first = try rows(posts: 120, seed: 7)
        #expect(try rows(posts: 120, seed: 7) == first)
        #expect(try rows(posts: 120, seed: 8) != first)
    }

    @Test(arguments: [1, 2, 50, 707]) func hasTheNumberOfPostsAskedFor(count: Int) throws {
        let posts = try rows(posts: count, seed: 1)
        #expect(posts.count == count)
        #expect(Set(posts.map { $0["status_id"] as String }).count == count)
    }

    @Test func noTemplateIsLeftUnfilled() throws {
        for post in try rows(posts: 707, seed: 1) {
            let text = post["body_text"] as String
            #expect(!text.isEmpty && !text.contains("{") && !text.contains("⏎"), "\(text)")
        }
    }

    private static let someMoment = Timestamp(microseconds: 1_790_000_000_123_456)
    private static let day: Int64 = 86_400_000_000

    private func moments(_ rows: [Row], _ column: String) -> [Timestamp?] {
        rows.map { row in (row[column] as String?).flatMap { try? Timestamp(iso8601: $0) } }
    }

    @Test func theEndMovesEverythingAndChangesNothingElse() throws {
        let later = Timestamp(microseconds: Self.someMoment.microseconds + 5 * Self.day + 777)
        let (first, second) = try (
            rows(posts: 300, seed: 3, endingAt: Self.someMoment), rows(posts: 300, seed: 3, endingAt: later)
        )
        for (one, other) in zip(first, second) {
            for column in ["author_handle", "body_text", "views", "likes_24h", "is_significant", "significance_reason", "watch_tier"] {
                #expect(one[column] as DatabaseValue == other[column] as DatabaseValue)
            }
        }
        for column in ["discovered_at", "last_seen_at", "refresh_24h_at"] {
            let moved = zip(moments(first, column), moments(second, column)).compactMap { one, other in
                one.flatMap { one in other.map { $0.microseconds - one.microseconds } }
            }
            #expect(Set(moved) == [5 * Self.day + 777])
        }
    }

    @Test(arguments: [1, 4, 50, 707], [1, 2, 3] as [UInt64]) func theLastPostIsFoundJustBeforeTheEndAndNothingIsLater(
        count: Int, seed: UInt64
    ) throws {
        let posts = try rows(posts: count, seed: seed, endingAt: Self.someMoment)
        let newest = moments(posts, "discovered_at").compactMap { $0 }.max()
        #expect(newest?.microseconds == Self.someMoment.microseconds - 60_000_000)
        let times = [
            "SELECT discovered_at AS t FROM tweets", "SELECT last_seen_at FROM tweets", "SELECT refresh_24h_at FROM tweets",
            "SELECT run_at FROM runs", "SELECT reported_at FROM reports", "SELECT updated_at FROM tweet_embeddings",
            "SELECT added_at FROM watch_accounts",
        ].joined(separator: " UNION ALL ")
        let all = moments(try rows(posts: count, seed: seed, endingAt: Self.someMoment, of: times), "t").compactMap { $0 }
        #expect(try #require(all.max()) <= Self.someMoment)
    }

    @Test func minutesPassBetweenPostingAndFinding() throws {
        let posts = try rows(posts: 300, seed: 1, endingAt: Self.someMoment)
        let latencies = zip(posts, moments(posts, "discovered_at")).compactMap { row, found -> Int64? in
            guard let id = Int64(row["status_id"] as String), let found else { return nil }
            return found.microseconds / 1_000 - ((id >> 22) + 1_288_834_974_657)
        }
        #expect(latencies.allSatisfy { (60_000...900_000).contains($0) })
        #expect(Set(latencies).count > 100)
    }

    @Test func aSnapshotIsNotOverwritten() throws {
        let path = NSTemporaryDirectory() + "sample-\(UUID().uuidString).db"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        try SampleSnapshot(posts: 1, seed: 1).write(to: path) { _ in }
        #expect(throws: SampleError.self) { try SampleSnapshot(posts: 1, seed: 1).write(to: path) { _ in } }
    }
}
