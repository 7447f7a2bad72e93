import Domain
import Foundation
import JSON
import Postgres
import Snapshot
import TestDatabase
import Testing

@Suite struct ImportTests {
    /// Runs an import of what `write` leaves in the fixture.
    private func importing(
        _ write: (SnapshotFixture) throws -> Void, isFolder: Bool = false,
        _ check: (ImportSummary, SnapshotFixture, TestDatabase) async throws -> Void
    ) async throws {
        let fixture = try SnapshotFixture()
        defer { fixture.remove() }
        try write(fixture)
        try await TestDatabase.with { database async throws in
            let path = isFolder ? fixture.folder.path : fixture.database
            let summary = try await database.connect { try await fixture.importer(path).run($0) }
            #expect(summary.tables.allSatisfy { $0.addsUp })
            try await check(summary, fixture, database)
        }
    }

    /// Each value breaks one rule, and only its own row is lost.
    @Test(arguments: [
        ("likes", "'1.2K'", "counter"), ("likes", "'12,345'", "counter"), ("views", "3.7", "counter"), ("replies", "-1", "counter"),
        ("watch_tier", "'investor'", "tier"), ("url", "'javascript:alert(1)'", "url"), ("url", "NULL", "required"),
        ("author_handle", "'@'", "handle"), ("is_significant", "'perhaps'", "boolean"), ("discovered_at", "'yesterday'", "timestamp"),
        ("last_seen_at", "'2026-02-22T10:30:00.1234567Z'", "timestamp"), ("discovered_at", "NULL", "required"),
        ("body_text", "CAST(x'61ff62' AS TEXT)", "text"), ("body_text", "CAST(x'610062' AS TEXT)", "text"), ("status_id", "''", "id"),
        ("refresh_24h_delta_likes", "'many'", "delta"), ("body_text", "1.5", "text"),
    ])
    func aRowThatBreaksARuleIsRejectedWhole(column: String, value: String, rule: String) async throws {
        try await importing { fixture in
            try fixture.sqlite(SnapshotFixture.tweets + SnapshotFixture.tweet("1", [column: value]) + SnapshotFixture.tweet("2"))
        } _: { summary, fixture, database async throws in
            #expect(summary.rejected == 1)
            #expect(summary.tables[0].inserted == 1)
            let lines = fixture.rejectLines()
            #expect(lines.count == 1)
            guard case .object(let reject) = try JSONReader.read(try #require(lines.first)) else {
                Issue.record("\(lines)")
                return
            }
            #expect(reject["table"] == .string("tweets"))
            #expect(reject["row"] == .number("1"))
            #expect(reject["field"] == .string(column))
            #expect(reject["rule"] == .string(rule))
            guard case .object(let source)? = reject["source"] else {
                Issue.record("\(reject)")
                return
            }
            #expect(source.members.count == 31)
        }
    }

    @Test func valuesAreNormalisedAndCounted() async throws {
        try await importing { fixture in
            try fixture.sqlite(
                SnapshotFixture.tweets
                    + SnapshotFixture.tweet(
                        "1",
                        [
                            "status_id": "2025123456789012345", "author_handle": "' @Ada '", "watch_tier": "'TEAMMATE'", "likes": "'42'",
                            "is_significant": "'Yes'", "discovered_at": "'2026-02-22 11:30:00.5+02:00'", "body_text": "' kept  as is '",
                            "views": "3000000000", "initial_likes": "NULL",
                        ]))
        } _: { summary, _, database async throws in
            let changes = Dictionary(uniqueKeysWithValues: summary.tables[0].changes.map { ($0.name, $0.count) })
            #expect(
                changes == [
                    "id status_id": 1, "handle author_handle": 1, "tier watch_tier": 1, "counter likes": 1, "boolean is_significant": 1,
                    "timestamp discovered_at": 1,
                ])
            let row = try await database.connect { connection async throws in
                try await connection.queryOne(
                    Statement(
                        "test.row",
                        """
                        SELECT concat_ws('|', status_id, author_handle, watch_tier, likes, is_significant, body_text, views, coalesce(initial_likes::TEXT, 'NULL'),
                               to_char(discovered_at AT TIME ZONE 'UTC', 'HH24:MI:SS.US')) FROM posts
                        """, decode: { try $0.text(0) }))
            }
            #expect(row == "2025123456789012345|ada|teammate|42|t| kept  as is |3000000000|NULL|09:30:00.500000")
        }
    }

    @Test func olderColumnNamesAreReadAndStrangeOnesAreNamed() async throws {
        try await importing { fixture in
            try fixture.sqlite(
                """
                CREATE TABLE tweets (id, tweet_url, username, text, retweets, likes, replies, views, captured_at, seen_at, lang);
                INSERT INTO tweets VALUES ('1', 'https://x.example/1', 'ada', 'hello', 8, 1, 2, 3, '2026-02-22T09:30:00Z', '2026-02-22T09:30:00Z', 'en');
                CREATE TABLE settings (name, value);
                """)
        } _: { summary, _, database async throws in
            #expect(summary.tables[0].inserted == 1)
            #expect(summary.tables[0].unmapped == [.init(name: "lang", count: 1)])
            #expect(summary.tables[0].changes.contains { $0.name == "alias reposts from retweets" && $0.count == 1 })
            #expect(summary.leftBehind == ["settings"])
            let reposts = try await database.connect { connection async throws in
                try await connection.queryOne(Statement("test.reposts", "SELECT reposts FROM posts", decode: { try $0.int64(0) }))
            }
            #expect(reposts == 8)
        }
    }

    @Test func orphansAndDuplicatesAreCountedAndTheSumsHold() async throws {
        try await importing { fixture in
            try fixture.sqlite(
                SnapshotFixture.tweets + SnapshotFixture.tweet("1")
                    + SnapshotFixture.tweet("1", ["last_seen_at": "'2026-02-23T00:00:00Z'", "likes": "9"])
                        + """
                        CREATE TABLE reports (status_id, reported_at, channel);
                        INSERT INTO reports VALUES ('1', '2026-02-22T12:00:00Z', 'team'), ('404', '2026-02-22T12:00:00Z', NULL);
                        CREATE TABLE watch_accounts (handle, tier, added_at);
                        INSERT INTO watch_accounts VALUES ('@Ada', 'teammate', '2026-01-01T00:00:00Z'), ('ada', 'influencer', '2026-01-01T00:00:00Z');
                        CREATE TABLE runs (run_at, mode, source);
                        INSERT INTO runs VALUES ('2026-02-22T12:00:00Z', 'refresh-24h', NULL), ('2026-02-22T12:00:00Z', 'hourly', NULL);
                        """)
        } _: { summary, fixture, database async throws in
            let tables = Dictionary(uniqueKeysWithValues: summary.tables.map { ($0.source, $0) })
            #expect(tables["tweets"].map { [$0.read, $0.inserted, $0.duplicate] } == [2, 1, 1])
            #expect(tables["reports"].map { [$0.read, $0.inserted, $0.rejected] } == [2, 1, 1])
            #expect(tables["watch_accounts"].map { [$0.read, $0.inserted, $0.duplicate] } == [2, 1, 1])
            #expect(tables["runs"].map { [$0.read, $0.inserted, $0.rejected] } == [2, 1, 1])
            #expect(fixture.rejectLines().count == 2)
            let text = try await database.connect { connection async throws in
                try await connection.queryOne(
                    Statement(
                        "test.all",
                        """
                        SELECT concat_ws('|', (SELECT likes FROM posts), (SELECT tier FROM watch_accounts), (SELECT mode || ' ' || source FROM pipeline_runs),
                                         (SELECT count(*) FROM reports))
                        """, decode: { try $0.text(0) }))
            }
            #expect(text == "9|influencer|refresh24h local-dispatcher|1")
        }
    }

    @Test func aMalformedLineIsOneRejectAndTheFileGoesOn() async throws {
        try await importing(
            { fixture in
                let good =
                    #"{"status_id": 2025123456789012345, "url": "https://x.example/1", "author_handle": "ada", "discovered_at": "2026-02-22T09:30:00Z", "last_seen_at": "2026-02-22T09:30:00Z", "likes": 3}"#
                try fixture.jsonLines("tweets", ["{\"status_id\": \"1\", ", good, "[]", ""])
            }, isFolder: true
        ) { summary, fixture, _ async throws in
            #expect(summary.tables[0].read == 3)
            #expect(summary.tables[0].inserted == 1)
            #expect(summary.tables[0].rejects.map { [$0.name, "\($0.count)"] } == [["json unreadable line", "2"]])
            #expect(fixture.rejectLines().count == 2)
        }
    }

    @Test func derivedSnapshotsFollowTheTable() async throws {
        try await importing { fixture in
            try fixture.sqlite(
                SnapshotFixture.tweets + SnapshotFixture.tweet("1", ["initial_likes": "0", "likes": "7"])
                    + SnapshotFixture.tweet("2", ["refresh_24h_at": "'2026-02-23T09:30:00Z'", "views_24h": "99"]))
        } _: { summary, _, database async throws in
            #expect(summary.derivedNew == 5)
            let rows = try await database.connect { connection async throws in
                try await connection.query(
                    Statement(
                        "test.derived",
                        "SELECT concat_ws('|', status_id, snapshot_type, likes, reposts, replies, views, source) FROM post_metrics_snapshots ORDER BY 1",
                        decode: { try $0.text(0) }))
            }
            #expect(
                rows == [
                    "1|initial_capture|0|2|3|4|sqlite_migration", "1|latest_observed|7|2|3|4|sqlite_migration",
                    "2|initial_capture|1|2|3|4|sqlite_migration", "2|latest_observed|1|2|3|4|sqlite_migration",
                    "2|refresh_24h|1|2|3|99|sqlite_migration",
                ])
        }
    }

    @Test func theSameImportAgainChangesNothing() async throws {
        try await importing { fixture in
            try fixture.sqlite(SnapshotFixture.tweets + (1...40).map { SnapshotFixture.tweet("\($0)") }.joined())
        } _: { _, fixture, database in
            let versions = Statement(
                "test.versions",
                """
                SELECT md5(string_agg(v, ',' ORDER BY v)) FROM (
                    SELECT concat('p', ctid, xmin, xmax) FROM posts UNION ALL SELECT concat('s', ctid, xmin, xmax) FROM post_metrics_snapshots) AS all_rows (v)
                """, decode: { try $0.text(0) })
            let before = try await database.connect { try await $0.queryOne(versions) }
            let again = try await database.connect { connection async throws in
                try await fixture.importer().run(connection)
            }
            #expect(again.tables[0].unchanged == 40)
            #expect(again.derivedNew == 0)
            #expect(try await database.connect { try await $0.queryOne(versions) } == before)
        }
    }

    @Test func aPostThatHasNewerNewsDoesNotMoveBackwards() async throws {
        try await importing { fixture in
            try fixture.sqlite(SnapshotFixture.tweets + SnapshotFixture.tweet("1"))
        } _: { _, fixture, database in
            try await database.connect { connection async throws in
                try await connection.executeScript(
                    "UPDATE posts SET likes = 1000, last_seen_at = '2026-03-01', is_significant = true", timeout: .seconds(5))
                let again = try await fixture.importer().run(connection)
                #expect(again.tables[0].unchanged == 1)
                let likes = try await connection.queryOne(Statement("test.likes", "SELECT likes FROM posts", decode: { try $0.int64(0) }))
                #expect(likes == 1_000)
            }
        }
    }

    @Test func bothFormsOfTheSnapshotGiveTheSameArchive() async throws {
        let line =
            #"{"status_id":"7","url":"https://x.example/7","author_handle":"Ada","body_text":"é \u0001 😀","likes":"5","reposts":1,"replies":0,"views":2.0,"is_significant":true,"discovered_at":"2026-02-22T09:30:00.1Z","last_seen_at":"2026-02-22T09:30:00+01:00"}"#
        let contents = Statement(
            "test.contents", "SELECT (to_jsonb(p) - 'created_at' - 'updated_at')::TEXT FROM posts AS p", decode: { try $0.text(0) })
        var results: [String] = []
        try await importing({ try $0.jsonLines("tweets", [line]) }, isFolder: true) { _, _, database async throws in
            results.append(try await database.connect { try await $0.queryOne(contents) })
        }
        try await importing { fixture in
            try fixture.sqlite(
                """
                CREATE TABLE tweets (status_id, url, author_handle, body_text, likes, reposts, replies, views, is_significant, discovered_at, last_seen_at);
                INSERT INTO tweets VALUES ('7', 'https://x.example/7', 'Ada', 'é ' || char(1) || ' 😀', '5', 1, 0, 2.0, 'true', '2026-02-22T09:30:00.1Z', '2026-02-22T09:30:00+01:00');
                """)
        } _: { _, _, database in
            results.append(try await database.connect { try await $0.queryOne(contents) })
        }
        #expect(results.count == 2 && results[0] == results[1])
    }
}
