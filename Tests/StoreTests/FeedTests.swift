import Domain
import Store
import TestDatabase
import Testing

/// Pages never lose or repeat a row, whatever the filter, the page size, and the collisions of times.
@Suite struct FeedTests {
    @Test(arguments: 0..<6)
    func walkingForwardIsWalkingBackwardIsTheWholeList(seed: Int) async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var random = Seeded(state: UInt64(seed))
            let posts = (0..<60).map { index in
                // Neighbours differ by single microseconds, and many are equal.
                var post = PostState.random(&random, id: "\(1_000 + index)")
                post.discoveredAt = Timestamp(microseconds: 1_771_752_600_000_000 + .random(in: 0...12, using: &random))
                return post
            }
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin()).outcomes
            for filter in Self.filters {
                let expected = posts.filter { Self.matches($0, filter) }
                    .sorted { ($0.discoveredAt, $0.statusID) > ($1.discoveredAt, $1.statusID) }.map(\.statusID)
                for limit in [1, 2, 3, 7, 50] {
                    #expect(try await forward(archive, filter, limit) == expected)
                    #expect(try await backward(archive, filter, limit) == expected)
                }
            }
        }
    }

    @Test func postsThatArriveBetweenTwoPagesDoNotShiftThem() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            func post(_ number: Int64) -> PostState {
                var post = PostState(at: number, [:])
                post.statusID = "\(number)"
                return post
            }
            _ = try await archive.ingest(posts: (1...10).map { post($0) }, rejected: 0, BatchOrigin()).outcomes
            let first = try await archive.feed(PostFilter(), start: .newest, limit: 4)
            _ = try await archive.ingest(posts: (11...20).map { post($0) }, rejected: 0, BatchOrigin()).outcomes
            let second = try await archive.feed(PostFilter(), start: .after(#require(first.next)), limit: 4)
            #expect(second.posts.map(\.statusID) == ["6", "5", "4", "3"])
            let back = try await archive.feed(PostFilter(), start: .before(#require(second.previous)), limit: 4)
            #expect(back.posts.map(\.statusID) == first.posts.map(\.statusID))
        }
    }

    @Test(arguments: ["100%", "a_b", "back\\slash", "É", "😀", "'; DROP TABLE posts; --", "ADA"])
    func everyCharacterOfASearchIsLiteral(text: String) async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            var hit = PostState(at: 1, [.bodyText: .text("before \(text.lowercased()) after")])
            hit.statusID = "hit"
            var miss = PostState(at: 2, [.bodyText: .text("nothing of 100x, aXb, backslash"), .authorHandle: .text("bob")])
            miss.statusID = "miss"
            _ = try await archive.ingest(posts: [hit, miss], rejected: 0, BatchOrigin()).outcomes
            #expect(try await archive.feed(PostFilter(text: text), start: .newest, limit: 10).posts.map(\.statusID) == ["hit"])
        }
    }

    private static let filters: [PostFilter] = [
        PostFilter(), PostFilter(isSignificant: true), PostFilter(isSignificant: false), PostFilter(tiers: [.teammate]),
        PostFilter(tiers: [.teammate, nil]), PostFilter(tiers: [nil]), PostFilter(handles: ["handle1"]),
        PostFilter(handles: ["handle1", "handle2"]), PostFilter(since: Timestamp(microseconds: 1_771_752_600_000_006)),
        PostFilter(until: Timestamp(microseconds: 1_771_752_600_000_006)), PostFilter(isReported: false), PostFilter(isReported: true),
    ]

    /// The reference: what a filter means, in the plainest words.
    private static func matches(_ post: PostState, _ filter: PostFilter) -> Bool {
        func text(_ column: PostColumn) -> String? { if case .text(let text)? = post.cells[column] { text } else { nil } }
        if let since = filter.since, post.discoveredAt < since { return false }
        if let until = filter.until, post.discoveredAt > until { return false }
        if !filter.tiers.isEmpty, !filter.tiers.contains(text(.watchTier).flatMap(WatchTier.init)) { return false }
        if !filter.handles.isEmpty, !filter.handles.contains(text(.authorHandle) ?? "") { return false }
        if let isSignificant = filter.isSignificant, post.cells[.isSignificant] != .boolean(isSignificant) { return false }
        return filter.isReported != true
    }

    private func forward(_ archive: PostgresArchive, _ filter: PostFilter, _ limit: Int) async throws -> [String] {
        var ids: [String] = []
        var start = FeedStart.newest
        while true {
            let page = try await archive.feed(filter, start: start, limit: limit)
            ids += page.posts.map(\.statusID)
            guard let next = page.next else { return ids }
            start = .after(next)
        }
    }

    private func backward(_ archive: PostgresArchive, _ filter: PostFilter, _ limit: Int) async throws -> [String] {
        var ids: [String] = []
        var start = FeedStart.before(FeedPosition(discoveredAt: Timestamp(microseconds: 0), statusID: ""))
        while true {
            let page = try await archive.feed(filter, start: start, limit: limit)
            ids = page.posts.map(\.statusID) + ids
            guard let previous = page.previous else { return ids }
            start = .before(previous)
        }
    }
}
