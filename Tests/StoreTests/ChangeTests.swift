import Domain
import Postgres
import Schema
import Store
import TestDatabase
import Testing

/// The changes are all that was written, each once, in an order that never changes.
@Suite struct ChangeTests {
    @Test func whateverIsWrittenIsAChangeAndAReplayIsNone() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            #expect(try await archive.told() == [])
            let post = PostObservation(at: 10, [.likes: .integer(5), .reposts: .integer(1), .replies: .integer(1), .views: .integer(1)])
            let metrics = MetricsSnapshot(
                statusID: "1", type: .latestObserved, at: Timestamp(microseconds: 3_600_000_020), counters: Counters(likes: 9))
            var (older, oldest) = (metrics, metrics)
            (older.at, oldest.at) = (Timestamp(microseconds: 15), Timestamp(microseconds: 12))
            let report = ReportUpsert(statusID: "1", reportedAt: Timestamp(microseconds: 30))
            var expected = ["post 1 5", "metrics 1 initial_capture 10 5", "metrics 1 latest_observed 10 5"]
            for _ in 0..<2 {
                _ = try await archive.ingest(posts: [post, post], rejected: 0, BatchOrigin())
                #expect(try await archive.told().sorted() == expected.sorted())
            }
            // A newer snapshot changes its post, and so does the one from which its velocity is reckoned.
            for (snapshot, told) in [
                (metrics, ["metrics 1 latest_observed 3600000020 9", "post 1 9"]), (older, ["metrics 1 latest_observed 15 9", "post 1 9"]),
                (oldest, ["metrics 1 latest_observed 12 9"]),
            ] {
                let before = try await archive.endOfChanges()
                for _ in 0..<2 { _ = try await archive.ingest(metrics: [snapshot, snapshot], rejected: 0, BatchOrigin()) }
                #expect(try await archive.told(from: before).sorted() == told)
            }
            let before = try await archive.endOfChanges()
            for _ in 0..<2 { _ = try await archive.ingest(reports: [report, report], rejected: 0, BatchOrigin()) }
            expected = ["post 1 9 reported", "report 1 30"]
            #expect(try await archive.told(from: before).sorted() == expected)
        }
    }

    @Test func whatABatchChangesBesideItsItemsIsTold() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            // A gap of the history is filled when something older arrives.
            _ = try await archive.ingest(
                posts: [PostObservation(at: 10, [:]).seen(at: 30, [.likes: .integer(3)])], rejected: 0, BatchOrigin())
            var end = try await archive.endOfChanges()
            let older = MetricsSnapshot(
                statusID: "1", type: .latestObserved, at: Timestamp(microseconds: 20), counters: Counters(likes: 1, views: 7))
            _ = try await archive.ingest(metrics: [older], rejected: 0, BatchOrigin())
            #expect(
                try await archive.told(from: end).sorted() == [
                    "metrics 1 latest_observed 20 1", "metrics 1 latest_observed 30 3", "post 1 3",
                ])
            // Accounts give their posts another tier.
            end = try await archive.endOfChanges()
            let account = WatchAccountUpsert(handle: "ada", tier: .teammate)
            for _ in 0..<2 { _ = try await archive.ingest(watchAccounts: [account], retier: true, rejected: 0, BatchOrigin()) }
            #expect(try await archive.told(from: end) == ["post 1 3 teammate"])
        }
    }

    @Test func aDryRunIsNoChange() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            _ = try await archive.ingest(posts: [PostObservation(at: 1, [.likes: .integer(1)])], rejected: 0, BatchOrigin(isDryRun: true))
            #expect(try await archive.endOfChanges() == .beginning)
        }
    }

    /// A writes before B and commits after B was read.
    @Test func whatIsCommittedLateIsReadLate() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            @Sendable func post(_ id: String) -> PostObservation {
                var post = PostObservation(at: 1, [:])
                post.statusID = id
                return post
            }
            try await database.connect { connection async throws in
                try await connection.transaction { connection in
                    // As the statements of a batch do, and not committed yet.
                    try await connection.execute(
                        Statement(
                            "test.early",
                            """
                            WITH written AS (
                                INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at)
                                VALUES ('early', 'https://x.example/1', 'ada', now(), now()) RETURNING status_id
                            )
                            \(ChangeRecord.insert(.post, from: "written"))
                            """))
                    _ = try await archive.ingest(posts: [post("later")], rejected: 0, BatchOrigin())
                    #expect(try await archive.told() == ["post later 0"])
                }
            }
            let page = try #require(await archive.changes(from: ChangeCursor(.beginning), limit: 1))
            #expect(page.next.place.position == 2 && page.next.place.offset == 0)
            #expect(try await archive.told(from: page.next.place) == ["post early 0"])
            #expect(try await archive.told() == ["post later 0", "post early 0"])
        }
    }

    @Test func whatIsGoneIsToldAsGone() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            _ = try await archive.ingest(posts: [PostObservation(at: 10, [.likes: .integer(5)])], rejected: 0, BatchOrigin())
            _ = try await archive.ingest(
                reports: [ReportUpsert(statusID: "1", reportedAt: Timestamp(microseconds: 30))], rejected: 0, BatchOrigin())
            try await database.connect { try await $0.executeScript("DELETE FROM posts") }
            #expect(
                Set(try await archive.told()) == [
                    "post 1 gone", "metrics 1 initial_capture 10 gone", "metrics 1 latest_observed 10 gone", "report 1 gone",
                ])
        }
    }

    /// Whatever the limit, a walk gives everything exactly once and in the same order.
    @Test func everyWalkIsTheSame() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            for batch in 0..<4 {
                let posts = (0..<(batch * 7 + 1)).map { number in
                    var post = PostObservation(at: Int64(batch + 1), [.likes: .integer(1)])
                    post.statusID = "\(batch)-\(number)"
                    return post
                }
                _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            }
            let whole = try await archive.told(limit: 1_000)
            #expect(whole.count == 46 * 3 && Set(whole).count == whole.count)
            for limit in 1...50 { #expect(try await archive.told(limit: limit) == whole) }
        }
    }

    @Test func moreKeysThanARowHoldsAreSeveralRows() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let posts = (0..<2_500).map { number in
                var post = PostObservation(at: 1, [:])
                post.statusID = "\(number)"
                return post
            }
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            #expect(try await archive.endOfChanges().position == 4)
            let account = WatchAccountUpsert(handle: "ada", tier: .teammate)
            _ = try await archive.ingest(watchAccounts: [account], retier: true, rejected: 0, BatchOrigin())
            #expect(try await archive.endOfChanges().position == 7)
            let told = try await archive.told(limit: 999)
            #expect(told.count == 5_000 && Set(told).count == 2_500)
        }
    }

    /// Many readers give positions at the same time, while many writers write.
    @Test func readersAndWritersAtOnceMissNothingAndRepeatNothing() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            let walks = try await withThrowingTaskGroup(of: [String]?.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<25 {
                            var post = PostObservation(at: 1, [:])
                            post.statusID = "\(writer)-\(number)"
                            _ = try await archive.ingest(posts: [post], rejected: 0, BatchOrigin())
                        }
                        return nil
                    }
                }
                for _ in 0..<4 {
                    group.addTask {
                        var (told, place) = ([String](), ChangeCursor(.beginning))
                        while told.count < 100, let page = try await archive.changes(from: place, limit: 3) {
                            told += page.changes.map(\.text)
                            place = page.next
                        }
                        return told
                    }
                }
                return try await group.reduce(into: [[String]]()) { if let walk = $1 { $0.append(walk) } }
            }
            #expect(walks.count == 4 && Set(walks).count == 1 && Set(walks[0]).count == 100)
        }
    }
}

extension PostObservation {
    /// The same post, seen at another time with something else.
    fileprivate func seen(at time: Int64, _ carried: ColumnMap<Cell>) -> PostObservation {
        var post = PostObservation(at: time, carried)
        post.discoveredAt = discoveredAt
        return post
    }
}
