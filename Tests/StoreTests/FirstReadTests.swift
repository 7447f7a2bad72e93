import Domain
import Postgres
import Store
import TestDatabase
import Testing

/// What a reader without a cursor is told, cursors of another archive, and rows that somebody removes past the program.
@Suite struct FirstReadTests {
    @Test func aPlaceThatTheArchiveDoesNotHaveIsNone() async throws {
        try await TestDatabase.withArchive { archive, _ async throws in
            #expect(try await archive.changes(from: ChangeCursor(.beginning), limit: 1)?.changes == [])
            #expect(try await archive.changes(from: ChangeCursor(ChangePlace(position: 1, offset: 1)), limit: 1) == nil)
            for number in 0..<3 {
                _ = try await archive.ingest(posts: [PostObservation(at: Int64(number) + 1, [:])], rejected: 0, BatchOrigin())
                _ = try await archive.endOfChanges()
            }
            let end = try await archive.endOfChanges()
            #expect(end.position == 4)
            #expect(try await archive.changes(from: ChangeCursor(end), limit: 1)?.changes == [])
            let first = try #require(await archive.changes(from: ChangeCursor(.beginning), limit: 1)).next
            for known in [end, first.place] {
                var other = known
                for nonce in [nil, (known.nonce ?? 0) ^ 1, 0] where nonce != known.nonce {
                    other.nonce = nonce
                    for firstRead in [nil, .begins, .after(.post("1"))] as [ChangeCursor.FirstRead?] {
                        #expect(try await archive.changes(from: ChangeCursor(other, firstRead: firstRead), limit: 1) == nil)
                    }
                }
            }
            var later = end
            (later.position, later.nonce) = (5, 1)
            #expect(try await archive.changes(from: ChangeCursor(later), limit: 1) == nil)
            #expect(try await archive.changes(from: ChangeCursor(later, firstRead: .begins), limit: 1) == nil)
        }
    }

    /// Rows that were numbered before there were nonces keep their cursors.
    @Test func aCursorWithoutANonceIsGoodForAGroupWithoutOne() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            for number in 0..<2 {
                _ = try await archive.ingest(posts: [PostObservation(at: Int64(number) + 1, [:])], rejected: 0, BatchOrigin())
                _ = try await archive.endOfChanges()
                if number == 0 { try await database.connect { try await $0.executeScript("UPDATE changes SET nonce = NULL") } }
            }
            #expect(try await archive.told(from: ChangePlace(position: 2, offset: 0)) == ["post 1 0"])
            #expect(try await archive.changes(from: ChangeCursor(ChangePlace(position: 2, offset: 0, nonce: 7)), limit: 1) == nil)
            #expect(try await archive.changes(from: ChangeCursor(ChangePlace(position: 3, offset: 0)), limit: 1) == nil)
        }
    }

    /// What was changed often or is gone is one row or none; what is written during a first read is told after it.
    @Test func aFirstReadTellsEachRowOnceAsItIs() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            for number in 1...7 {
                for at in 1...3 {
                    var post = PostObservation(at: Int64(at), [.likes: .integer(Int64(at))])
                    (post.statusID, post.discoveredAt) = ("\(number)", Timestamp(microseconds: 1))
                    _ = try await archive.ingest(posts: [post], rejected: 0, BatchOrigin())
                }
            }
            let reports = [1, 2].map { ReportUpsert(statusID: "\($0)", reportedAt: Timestamp(microseconds: 30)) }
            _ = try await archive.ingest(reports: reports, rejected: 0, BatchOrigin())
            try await database.connect { try await $0.executeScript("DELETE FROM posts WHERE status_id IN ('2', '5')") }
            let ids = ["1", "3", "4", "6", "7"]
            let history = ["initial_capture 1 1", "latest_observed 1 1", "latest_observed 2 2", "latest_observed 3 3"]
            let rows =
                ids.map { "post \($0) 3" + ($0 == "1" ? " reported" : "") }
                + ids.flatMap { id in history.map { "metrics \(id) \($0)" } } + ["report 1 30"]
            let place = try await archive.endOfChanges()
            for limit in 1...30 {
                let start = ChangeCursor(place, firstRead: .begins)
                #expect(try await archive.told(from: start, limit: limit) == rows, "\(limit)")
            }
            // A reader is in the middle when somebody writes.
            let begun = try #require(await archive.changes(from: ChangeCursor(place, firstRead: .begins), limit: 3))
            var news = PostObservation(at: 9, [.likes: .integer(9)])
            (news.statusID, news.discoveredAt) = ("3", Timestamp(microseconds: 1))
            _ = try await archive.ingest(posts: [news], rejected: 0, BatchOrigin())
            try await database.connect { try await $0.executeScript("DELETE FROM posts WHERE status_id = '7'") }
            let told = try await archive.told(from: begun.next, limit: 4)
            #expect(told.filter { $0.hasPrefix("post") } == ["post 6 3", "post 3 9", "post 7 gone"])
            #expect(Set(told.suffix(8)).contains("metrics 3 latest_observed 9 9"))
        }
    }

    @Test func aRemovalByHandIsToldOfEachRow() async throws {
        try await TestDatabase.withArchive { archive, database async throws in
            let posts = (0..<2_500).map { number in
                var post = PostObservation(at: 1, [:])
                post.statusID = "\(number)"
                return post
            }
            _ = try await archive.ingest(posts: posts, rejected: 0, BatchOrigin())
            let end = try await archive.endOfChanges()
            try await database.connect { try await $0.executeScript("DELETE FROM posts WHERE status_id <> '7'") }
            let told = try await archive.told(from: end, limit: 1_000)
            #expect(told.count == 2_499 && Set(told).count == 2_499 && told.allSatisfy { $0.hasSuffix("gone") })
            #expect(try await archive.endOfChanges().position == end.position + 3)
            // Where nothing is removed there is nothing to tell.
            try await database.connect { try await $0.executeScript("DELETE FROM posts WHERE status_id = 'nobody'") }
            #expect(try await archive.endOfChanges().position == end.position + 3)
        }
    }
}
