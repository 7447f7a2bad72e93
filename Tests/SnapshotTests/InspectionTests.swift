import Domain
import Foundation
import Postgres
import Sample
import Snapshot
import TestDatabase
import Testing

/// What an inspection foretells is what an import into an empty archive then says.
@Suite struct InspectionTests {
    private func foretellsTheImport(isFolder: Bool = false, _ write: (SnapshotFixture) throws -> Void) async throws -> Inspection {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try write(fixture)
        let snapshot = Snapshot(path: isFolder ? fixture.folder.path : fixture.database)
        let inspection = try Inspector(snapshot, now: .latest).run()
        let summary = try await TestDatabase.with { database async throws in
            try await database.connect { try await fixture.importer(snapshot.path).run($0) }
        }
        #expect(inspection.tables.map(\.expected) == summary.tables)
        #expect(inspection.tables.allSatisfy { $0.expected.addsUp })
        #expect(inspection.leftBehind == summary.leftBehind)
        #expect(inspection.rejected == summary.rejected)
        return inspection
    }

    @Test(arguments: FaultySnapshot.allCases) func ofAFaultySnapshot(_ fault: FaultySnapshot) async throws {
        _ = try await foretellsTheImport { try $0.sqlite(fault.sql) }
    }

    @Test func ofTheSample() async throws {
        let inspection = try await foretellsTheImport { try SampleSnapshot(posts: 707, seed: 1).write(to: $0.database) { _ in } }
        #expect(inspection.rejected == SampleSnapshot.rejectedPosts + 3)
        let tweets = try #require(inspection.tables.first { $0.expected.source == "tweets" })
        #expect(tweets.expected.unmapped.map(\.name) == ["lang"])
        #expect(tweets.columns.filter(\.targets.isEmpty).map(\.name) == ["lang"])
        #expect(tweets.columns.first { $0.name == "discovered_at" }?.earliest != nil)
        #expect(inspection.leftBehind.contains("settings"))
        #expect(inspection.missingTables.isEmpty)
    }

    @Test func ofAFolderWhoseLinesDiffer() async throws {
        let inspection = try await foretellsTheImport(isFolder: true) { fixture in
            try fixture.jsonLines(
                "tweets",
                [
                    #"{"status_id": 7, "url": "https://x.example/7", "author_handle": "ada", "discovered_at": "2026-02-22T09:30:00Z", "last_seen_at": "2026-02-22T09:30:00Z", "likes": true}"#,
                    #"{"id": "7", "tweet_url": "https://x.example/7", "handle": "ada", "captured_at": "2026-02-21T09:30:00Z", "seen_at": "2026-02-23T09:30:00Z", "likes": 1.0}"#,
                    "not JSON", "[]",
                    #"{"likes": 3, "seen_at": "2026-02-22T09:30:00Z", "captured_at": "2026-02-22T09:30:00Z", "handle": "eve", "tweet_url": "https://x.example/7", "id": "7", "lang": "en"}"#,
                ])
            try fixture.jsonLines("reports", [#"{"status_id": "7", "reported_at": "2026-02-22T09:30:00Z"}"#, "{}"])
        }
        let tweets = inspection.tables[0]
        let sums = tweets.expected
        #expect((sums.read, sums.inserted, sums.rejected, sums.duplicate) == (5, 1, 3, 1))
        #expect(tweets.mappings.filter { $0.target == "status_id" }.map(\.source) == ["status_id", "id"])
        let likes = try #require(tweets.columns.first { $0.name == "likes" })
        #expect(ColumnTally.Kind.allCases.map { likes[$0] } == [0, 1, 1, 0, 0, 1])
        #expect(tweets.columns.first { $0.name == "captured_at" }?.earliest?.iso8601 == "2026-02-21T09:30:00.000000Z")
        #expect(tweets.columns.first { $0.name == "captured_at" }?.latest?.iso8601 == "2026-02-22T09:30:00.000000Z")
        #expect(inspection.missingTables == ["watch_accounts", "runs", "tweet_embeddings"])
    }

    @Test func typesAndMappingAreThoseOfTheColumns() throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(FaultySnapshot.strangeValues.sql + FaultySnapshot.noPosts.sql)
        let inspection = try Inspector(Snapshot(path: fixture.database), now: .latest).run()
        let tweets = try #require(inspection.tables.first)
        func kinds(_ name: String) -> [Int] {
            tweets.columns.first { $0.name == name }.map { column in ColumnTally.Kind.allCases.map { column[$0] } } ?? []
        }
        #expect(kinds("body_text") == [0, 0, 0, 18, 3, 0])
        #expect(kinds("likes") == [0, 15, 6, 0, 0, 0])
        #expect(kinds("status_id") == [1, 0, 1, 19, 0, 0])
        #expect(tweets.mappings.contains(.init(target: "likes", source: "likes")))
        #expect(inspection.tables[1].missing == ["channel", "summary", "destination"])
    }

    @Test func anEmptyTableStillHasColumns() throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try fixture.sqlite(FaultySnapshot.emptyTables.sql)
        let inspection = try Inspector(Snapshot(path: fixture.database), now: .latest).run()
        #expect(inspection.tables.map(\.columns.count) == [31, 2, 2])
        #expect(inspection.rejected == 0)
    }
}
