import Domain
import Postgres
import Store
import Synchronization
import TestDatabase
import Testing

/// A whole view is what its pages are.
@Suite struct WholeViewTests {
    @Test(arguments: 0..<6)
    func everyPostInItsOrder(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: UInt64(seed))
            _ = try await archive.ingest(posts: RandomPosts.some(&random, 80), rejected: 0, BatchOrigin())
            _ = try await archive.ingest(reports: RandomPosts.reports(&random), rejected: 0, BatchOrigin())
            for _ in 0..<40 {
                let filter = PostFilter.random(&random)
                let sort = try #require(PostSort.allCases.randomElement(using: &random))
                let found = Mutex<[Post]>([])
                try await archive.posts(filter, sort: sort, patience: .seconds(60)) { posts in found.withLock { $0 += posts } }
                #expect(try await database.plainly(filter, sort) == found.withLock { $0.map(\.statusID) }, "\(filter) \(sort)")
                let page = try await archive.feed(filter, sort: sort, start: .first, limit: 100)
                #expect(page.posts == found.withLock { $0 })
            }
        }
    }

    /// Posts that change while a view is read are in it as they were when it began.
    @Test func aViewIsOfOneMoment() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            let posts = (0..<3_000).map { number in
                var post = PostObservation(at: Int64(number), [.likes: .integer(Int64(number))])
                post.statusID = "\(number)"
                return post
            }
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            let found = Mutex<[String]>([])
            let writes = Mutex(0)
            try await archive.posts(PostFilter(), sort: .likes, patience: .seconds(60)) { posts in
                found.withLock { $0 += posts.map(\.statusID) }
                // The order turned round.
                let isDone = try? await database.connect { connection in
                    try await connection.execute(Statement("test.turn", "UPDATE posts SET likes = 10000 - likes"))
                }
                writes.withLock { $0 += isDone == nil ? 0 : 1 }
            }
            #expect(found.withLock { $0 } == (0..<3_000).reversed().map { "\($0)" })
            #expect(writes.withLock { $0 } >= 3)
        }
    }
}
