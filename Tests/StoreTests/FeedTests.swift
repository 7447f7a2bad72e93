import Domain
import Postgres
import Store
import TestDatabase
import Testing

/// Pages never lose or repeat a row, whatever the filter, the order, the page size, and the collisions of times.
@Suite struct FeedTests {
    @Test(arguments: 0..<8)
    func walkingForwardIsWalkingBackwardIsTheWholeList(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: UInt64(seed))
            _ = try await archive.ingest(posts: RandomPosts.some(&random, 80), rejected: 0, BatchOrigin())
            _ = try await archive.ingest(reports: RandomPosts.reports(&random), rejected: 0, BatchOrigin())
            for _ in 0..<24 {
                let filter = PostFilter.random(&random)
                let sort = try #require(PostSort.allCases.randomElement(using: &random))
                let expected = try await database.plainly(filter, sort)
                for limit in [1, 2, 3, .random(in: 4...49, using: &random), 50] {
                    #expect(try await archive.forward(filter, sort, limit) == expected, "\(filter) \(sort) \(limit)")
                    #expect(try await archive.backward(filter, sort, limit) == expected, "\(filter) \(sort) \(limit)")
                }
            }
        }
    }

    /// Every filter of the table is a condition in SQL: it leaves some posts and leaves others out.
    @Test(arguments: PostFilter.Field.allCases)
    func everyFilterFilters(field: PostFilter.Field) async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: 7)
            _ = try await archive.ingest(posts: RandomPosts.some(&random, 80), rejected: 0, BatchOrigin())
            _ = try await archive.ingest(reports: RandomPosts.reports(&random), rejected: 0, BatchOrigin())
            let all = try await database.plainly(PostFilter(), .discovered)
            var narrowed = 0
            for _ in 0..<12 {
                var filter = PostFilter()
                filter.use(field, &random)
                let found = try await archive.forward(filter, .discovered, 50)
                #expect(try await found == database.plainly(filter, .discovered), "\(filter)")
                narrowed += (1..<all.count).contains(found.count) ? 1 : 0
            }
            #expect(narrowed > 0, "\(field)")
        }
    }

    /// Pages that look at very few posts, and come back short or empty, or search for the rest, lead to the same list.
    @Test(arguments: 0..<4)
    func pagesThatLookAtFewPostsLeadToTheWholeList(seed: Int) async throws {
        try await TestDatabase.withArchive(pageBudget: seed % 2 == 0 ? 2_000 : 20_000) { archive, database async throws in
            var random = Seeded(state: UInt64(seed))
            _ = try await archive.ingest(posts: RandomPosts.some(&random, 80), rejected: 0, BatchOrigin())
            _ = try await archive.ingest(reports: RandomPosts.reports(&random), rejected: 0, BatchOrigin())
            for _ in 0..<16 {
                let filter = PostFilter.random(&random)
                let sort = try #require(PostSort.allCases.randomElement(using: &random))
                let expected = try await database.plainly(filter, sort)
                for limit in [1, 6, 50] {
                    #expect(try await archive.forward(filter, sort, limit) == expected, "\(filter) \(sort) \(limit)")
                    #expect(try await archive.backward(filter, sort, limit) == expected, "\(filter) \(sort) \(limit)")
                }
            }
        }
    }

    /// An index is built on what Postgres reads from an id; it has to be what everybody else reads from it.
    @Test func postgresReadsTheTimeOfPostingAsTheDomainDoes() async throws {
        let edges = [
            "29699999999", "29700000000", "29700000001", "9999999999", "99999999999", "999999999999999999", "1000000000000000000",
            "9223372036854775807", "9223372036854775808", "9999999999999999999", "10000000000000000000", "2025000000000000000",
            "0029700000000", "0000000000000029699999999", "00000002025000000000000000", "00009223372036854775807",
            "00009223372036854775808",
            "2025000000000000000 ", "-2025000000000000000", "+2025000000000000000", "2025000000000000000x", "x", "20250000000é00000000",
            "２０２５００００００００００００００００", "2.025e18", "0",
        ]
        var random = Seeded(state: 5)
        let others = (0..<500).map { _ in
            String((0..<Int.random(in: 8...24, using: &random)).map { _ in "0012345678999x".randomElement(using: &random) ?? "0" })
        }
        try await TestDatabase.with { database in
            try await database.connect { connection in
                for id in edges + others {
                    let rank = Statement("test.rank", "SELECT posting_rank(\(text: id))", decode: { try $0.int64(0) })
                    let read = try await connection.queryOne(rank)
                    #expect(read == StatusID.postedAt(id)?.microseconds ?? .min, "\(id)")
                }
            }
        }
    }

    /// Every page size, on the list with the most collisions.
    @Test(arguments: PostSort.allCases)
    func everyPageSizeGivesTheWholeList(sort: PostSort) async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: 99)
            _ = try await archive.ingest(posts: RandomPosts.some(&random, 60), rejected: 0, BatchOrigin())
            let expected = try await database.plainly(PostFilter(), sort)
            for limit in 1...50 {
                #expect(try await archive.forward(PostFilter(), sort, limit) == expected)
                #expect(try await archive.backward(PostFilter(), sort, limit) == expected)
            }
        }
    }

    /// The same walk with cursors of a millisecond clock, as an earlier implementation had them, fails on the same posts.
    @Test func cursorsOfMillisecondsWouldLosePosts() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            var random = Seeded(state: 99)
            _ = try await archive.ingest(posts: RandomPosts.some(&random, 60), rejected: 0, BatchOrigin())
            let expected = try await database.plainly(PostFilter(), .discovered)
            let found = try await archive.forward(PostFilter(), .discovered, 7) { position in
                FeedPosition(rank: position.rank / 1_000 * 1_000, statusID: position.statusID)
            }
            #expect(found != expected)
        }
    }

    /// What is there from the first page to the last is seen once, whatever is written between two pages.
    @Test(arguments: 0..<6)
    func writesBetweenTwoPagesNeitherHideNorRepeatAPost(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var random = Seeded(state: UInt64(seed))
            let posts = RandomPosts.some(&random, 60)
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            for sort in [PostSort.discovered, .posted] {
                var seen: [String] = []
                var pages = 0
                var start = FeedStart.first
                while true {
                    let page = try await archive.feed(PostFilter(), sort: sort, start: start, limit: 7)
                    seen += page.posts.map(\.statusID)
                    guard let next = page.next else { break }
                    start = next
                    // News of old posts move neither the time of discovery nor that of posting; new posts come in anywhere.
                    var news = try posts.shuffled(using: &random).prefix(5).map { post in
                        var news = try #require(PostObservation.random(&random, id: post.statusID) as PostObservation?)
                        news.discoveredAt = post.discoveredAt
                        return news
                    }
                    news += RandomPosts.some(&random, 5, prefix: "\(sort)-\(pages)-")
                    pages += 1
                    _ = try await archive.ingest(posts: news, rejected: 0, BatchOrigin())
                }
                #expect(Set(seen).count == seen.count)
                #expect(Set(seen).isSuperset(of: posts.map(\.statusID)))
            }
        }
    }

    @Test(arguments: ["100%", "a_b", "back\\slash", "É", "😀", "'; DROP TABLE posts; --", "ADA", "ß", "日本", "x"])
    func everyCharacterOfASearchIsLiteral(text: String) async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var hit = PostObservation(at: 1, [.bodyText: .text("before \(text.lowercased()) after"), .authorHandle: .text("bob")])
            hit.statusID = "hit"
            var miss = PostObservation(at: 2, [.bodyText: .text("nothing of 100y, aZb, backslash"), .authorHandle: .text("bob")])
            miss.statusID = "miss"
            _ = try await archive.ingest(posts: [hit, miss], rejected: 0, BatchOrigin())
            let found = try await archive.feed(PostFilter(text: text), sort: .discovered, start: .first, limit: 10)
            #expect(found.posts.map(\.statusID) == ["hit"])
            let others = try await archive.feed(PostFilter(excluded: [text]), sort: .discovered, start: .first, limit: 10)
            #expect(others.posts.map(\.statusID) == ["miss"])
        }
    }
}

extension PostgresArchive {
    /// - Parameter stored: what a cursor keeps of a place.
    func forward(
        _ filter: PostFilter, _ sort: PostSort, _ limit: Int, stored: (FeedPosition) -> FeedPosition = { $0 }
    ) async throws -> [String] {
        var ids: [String] = []
        var start = FeedStart.first
        while true {
            let page = try await feed(filter, sort: sort, start: start, limit: limit)
            ids += page.posts.map(\.statusID)
            guard case .after(let next)? = page.next else { return ids }
            start = .after(stored(next))
        }
    }

    func backward(_ filter: PostFilter, _ sort: PostSort, _ limit: Int) async throws -> [String] {
        var ids: [String] = []
        var start = FeedStart.before(FeedPosition(rank: sort == .discovered ? 0 : .min, statusID: ""))
        while true {
            let page = try await feed(filter, sort: sort, start: start, limit: limit)
            ids = page.posts.map(\.statusID) + ids
            guard let previous = page.previous else { return ids }
            start = previous
        }
    }
}
