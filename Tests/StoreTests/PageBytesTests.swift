import Domain
import Postgres
import Schema
import Store
import TestDatabase
import Testing

/// A page has a bound in bytes: it ends before texts that it has no room for, and the next one goes on there.
@Suite struct PageBytesTests {
    private static let budget = 40_000

    /// Long texts in any place and any column: pages are short, and lose and repeat nothing.
    @Test(arguments: 0..<6)
    func shortPagesLeadToTheWholeList(seed: Int) async throws {
        try await TestDatabase.withArchive(pageBudget: seed % 2 == 0 ? 8_000_000 : 20_000, pageBytes: Self.budget) {
            archive, database async throws in
            var random = Seeded(state: UInt64(seed))
            let posts = RandomPosts.some(&random, 60).map { post in
                var post = post
                guard Int.random(in: 0...2, using: &random) == 0 else { return post }
                for column in [PostColumn.bodyText, .authorDisplay, .significanceReason, .sourceQuery].shuffled(using: &random).prefix(2) {
                    post.cells[column] = .text(
                        String(repeating: "x see https://x.example/ é ", count: .random(in: 100...2_500, using: &random)))
                }
                return post
            }
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            _ = try await archive.ingest(reports: RandomPosts.reports(&random), rejected: 0, BatchOrigin())
            let stored = try await database.states()
            for _ in 0..<10 {
                let filter = PostFilter.random(&random)
                let sort = try #require(PostSort.allCases.randomElement(using: &random))
                let expected = try await database.plainly(filter, sort)
                for limit in [1, 7, 50] {
                    #expect(try await archive.forward(filter, sort, limit) == expected, "\(filter) \(sort) \(limit)")
                    #expect(try await archive.backward(filter, sort, limit) == expected, "\(filter) \(sort) \(limit)")
                }
            }
            var (start, cut) = (FeedStart.first, 0)
            while true {
                let page = try await archive.feed(PostFilter(), sort: .discovered, start: start, limit: 50)
                let sizes = page.posts.map(\.longBytes).filter { $0 > 0 }
                #expect(!page.posts.isEmpty && (sizes.count == 1 || sizes.reduce(0, +) <= Self.budget))
                cut += page.isFull ? 1 : 0
                for post in page.posts {
                    let cells = try #require(stored[post.statusID]?.cells)
                    #expect(post.bodyText.map(Cell.text) ?? .null == cells[.bodyText] && .text(post.url) == cells[.url])
                    #expect(post.authorDisplay.map(Cell.text) ?? .null == cells[.authorDisplay])
                    #expect(post.significanceReason.map(Cell.text) ?? .null == cells[.significanceReason])
                    #expect(post.sourceQuery.map(Cell.text) ?? .null == cells[.sourceQuery])
                }
                guard let next = page.next else { break }
                start = next
            }
            #expect(cut > 2)
        }
    }

    /// Rows of a time before texts had a bound.
    @Test func aPageOfHugePostsIsOnePost() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            try await database.connect { connection in
                try await connection.executeScript(
                    """
                    INSERT INTO posts (status_id, url, author_handle, body_text, discovered_at, last_seen_at)
                    SELECT number, 'https://x.example/1', 'ada', repeat('huge ', 780000), now(), now() FROM generate_series(11, 19) AS number
                    """)
            }
            for filter in [PostFilter(), PostFilter(isReported: false), PostFilter(text: "huge"), PostFilter(handles: ["ada"])] {
                let page = try await archive.feed(filter, sort: .discovered, start: .first, limit: 60)
                #expect(page.posts.map(\.statusID) == ["19"] && page.isFull)
            }
            #expect(try await archive.forward(PostFilter(), .likes, 60) == (11...19).reversed().map(String.init))
            #expect(try await archive.backward(PostFilter(), .likes, 60) == (11...19).reversed().map(String.init))
        }
    }

    @Test(arguments: 0..<3)
    func changesOfLongRowsComeInShortPages(seed: Int) async throws {
        try await TestDatabase.withArchive(pageBytes: Self.budget) { archive, database async throws in
            var random = Seeded(state: UInt64(seed + 40))
            func text() -> String {
                String(repeating: "long ", count: .random(in: 0...2, using: &random) * .random(in: 0...5_000, using: &random))
            }
            let posts = (0..<30).map { number in
                var post = PostObservation(at: 10, [.bodyText: .text(text()), .likes: .integer(1)])
                post.statusID = "\(number)"
                return post
            }
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            let reports = (0..<30).map { ReportUpsert(statusID: "\($0)", reportedAt: Timestamp(microseconds: 30), summary: .value(text())) }
            _ = try await archive.ingest(reports: reports, rejected: 0, BatchOrigin())
            let snapshots = (0..<30).map {
                MetricsSnapshot(
                    statusID: "\($0)", type: .latestObserved, at: Timestamp(microseconds: 20), counters: Counters(), source: text())
            }
            _ = try await archive.ingest(metrics: snapshots, rejected: 0, BatchOrigin())
            let pool = Pool(database.options)
            let whole = try #require(
                await PostgresArchive(reader: pool, writer: pool, schemaVersion: Migration.latest, pageBytes: 1 << 30)
                    .changes(from: ChangeCursor(.beginning), limit: 1_000))
            await pool.close()
            #expect(whole.changes.count > 90 && !whole.hasMore)
            for limit in [1, 20, 1_000] {
                var (told, place, pages) = ([Change](), ChangeCursor(.beginning), 0)
                while let page = try await archive.changes(from: place, limit: limit), !page.changes.isEmpty {
                    // Of each kind a page has room for as much; a single row has it in any case.
                    #expect(page.changes.count == 1 || page.changes.map(\.bytes).reduce(0, +) < 4 * Self.budget + 30 * 4_096)
                    #expect(page.hasMore == (page.next.place < whole.next.place))
                    told += page.changes
                    (place, pages) = (page.next, pages + 1)
                }
                #expect(told == whole.changes && place == whole.next && pages > 3)
            }
        }
    }

    @Test func runsWithLongNotesComeInShortPages() async throws {
        try await TestDatabase.withArchive(pageBytes: Self.budget) { archive, _ async throws in
            for number in 0..<12 {
                let run = PipelineRunUpsert(
                    runAt: Timestamp(microseconds: Int64(number / 2)), mode: .priority, source: "\(number)",
                    note: .value(String(repeating: "n", count: [10, 30_000, 100_000][number % 3])))
                _ = try await archive.ingest(run: run, rejected: 0, BatchOrigin())
            }
            var (found, position, pages): ([PipelineRun], RunPosition?, Int) = ([], nil, 0)
            repeat {
                let page = try await archive.runs(RunFilter(), after: position, limit: 10)
                #expect(page.runs.count == 1 || page.runs.map { $0.note?.utf8.count ?? 0 }.reduce(0, +) <= Self.budget)
                (found, position, pages) = (found + page.runs, page.next, pages + 1)
            } while position != nil
            #expect(found.map(\.source) == ["11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0"] && pages > 4)
            #expect(found.allSatisfy { $0.note?.isEmpty == false })
        }
    }

    /// What a post was before is told from the newest back, and whether that is all.
    @Test func aLongHistoryIsToldInPart() async throws {
        try await TestDatabase.withArchive(pageBytes: 80_000) { archive, database async throws in
            let text = { (number: Int64) in String(repeating: "\(number) ", count: 10_000) }
            for number in Int64(1)...9 {
                _ = try await archive.ingest(
                    posts: [PostObservation(at: number, [.bodyText: .text(text(number))])], rejected: 0, BatchOrigin())
                #expect(try await archive.provenance("1")?.isPartial == (number > 5))
            }
            #expect(try await archive.provenance("1")?.earlierTexts.map(\.text) == [5, 6, 7, 8].map(text))
            #expect(try await archive.post("1")?.isPartial == false)
            try await database.connect { connection in
                try await connection.executeScript(
                    """
                    INSERT INTO post_metrics_snapshots (status_id, snapshot_type, snapshot_at, likes, reposts, replies, views)
                    SELECT '1', 'latest_observed', to_timestamp(number), 1, 1, 1, number FROM generate_series(1, 10001) AS number
                    """)
            }
            let detail = try #require(await archive.post("1"))
            #expect(detail.isPartial && detail.snapshots.map(\.counters.views) == (2...10_001).map(Int64.init))
        }
    }
}

extension Post {
    /// Bytes of its texts, where one of them is long.
    fileprivate var longBytes: Int {
        let sizes = [authorDisplay, bodyText, url, significanceReason, sourceQuery].map { $0?.utf8.count ?? 0 }
        return sizes.contains { $0 > 4_096 } ? sizes.reduce(0, +) : 0
    }
}

extension Change {
    fileprivate var bytes: Int {
        switch row {
        case .post(_, let post): post?.longBytes ?? 0
        case .metrics(_, let snapshot): snapshot?.source.utf8.count ?? 0
        case .report(_, let report): report?.summary?.utf8.count ?? 0
        }
    }
}
