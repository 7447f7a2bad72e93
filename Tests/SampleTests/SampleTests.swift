import Foundation
import GRDB
import Sample
import Testing

@Suite struct SampleTests {
    private func rows(posts: Int, seed: UInt64) throws -> [Row] {
        let path = NSTemporaryDirectory() + "sample-\(UUID().uuidString).db"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        try SampleSnapshot(posts: posts, seed: seed).write(to: path) { _ in }
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try #expect(String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
            return try Row.fetchAll(db, sql: "SELECT * FROM tweets")
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

    @Test func aSnapshotIsNotOverwritten() throws {
        let path = NSTemporaryDirectory() + "sample-\(UUID().uuidString).db"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        try SampleSnapshot(posts: 1, seed: 1).write(to: path) { _ in }
        #expect(throws: SampleError.self) { try SampleSnapshot(posts: 1, seed: 1).write(to: path) { _ in } }
    }
}
