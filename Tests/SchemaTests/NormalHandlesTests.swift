import Postgres
import Schema
import TestDatabase
import Testing

/// Archives have handles that an older rule made; the migration mends them, and loses nothing that they were with.
@Suite struct NormalHandlesTests {
    private static let before = Migration.all.filter { $0.version < 8 }

    /// An archive from before, `rows` in it, brought up to date; `statement` is asked then.
    private func migrated(_ rows: String, _ statement: String) async throws -> [String] {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            _ = try await Migrator(database.options, known: Self.before).apply()
            try await database.connect { connection async throws in
                try await connection.executeScript(rows + "; DELETE FROM changes", timeout: .seconds(10))
            }
            #expect(try await Migrator(database.options).apply().first?.version == 8)
            return try await database.connect { connection async throws in
                try await connection.query(Statement("test.after", SQL(unescaped: statement), decode: { try $0.text(0) }))
            }
        }
    }

    private func posts(_ handles: [String: String]) -> String {
        handles.map { id, handle in
            """
            INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at, inserted_by)
            VALUES ('\(id)', 'https://x.example/\(id)', E'\(handle)', '2026-02-22', '2026-02-22', 3)
            """
        }.joined(separator: ";")
    }

    @Test func handlesOfPostsAreFoundAgainAndTold() async throws {
        let rows = posts([
            "1": "@quux", "2": " quux2", "3": "ada", "4": #"\uFF20x"#, "5": #"\u3000\u00A0@ y"#, "6": "@", "7": #"\u0301z"#, "8": "i̇@",
        ])
        let told = "SELECT concat_ws(' ', status_id, author_handle, inserted_by, updated_by) FROM posts ORDER BY status_id"
        let expected = ["1 quux 3", "2 quux2 3", "3 ada 3", "4 x 3", "5 y 3", "6 unknown 3", "7 \u{301}z 3", "8 i̇@ 3"]
        #expect(try await migrated(rows, told) == expected)
        #expect(try await migrated(rows, "SELECT array_to_string(status_ids, ',') FROM changes WHERE kind = 'post'") == ["1,2,4,5,6"])
    }

    @Test func aThousandMendedPostsAreOneRowOfTheChanges() async throws {
        let rows = """
            INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at)
            SELECT n, 'https://x.example/', '@a', now(), now() FROM generate_series(1, 2500) AS n
            """
        #expect(try await migrated(rows, "SELECT cardinality(status_ids)::TEXT FROM changes ORDER BY id") == ["1000", "1000", "500"])
    }

    @Test func twoAccountsBecomeOneAndKeepWhatWasWrittenLast() async throws {
        func account(_ handle: String, _ tier: String, _ note: String, added: Int, updated: Int, by batches: String) -> String {
            "('\(handle)', '\(tier)', \(note), '2026-01-0\(added)', '2026-01-0\(updated)', \(batches))"
        }
        let rows = """
            INSERT INTO watch_accounts (handle, tier, note, added_at, updated_at, inserted_by, updated_by) VALUES
            \(account("quux", "teammate", "'a note'", added: 2, updated: 2, by: "1, NULL")),
            \(account("@quux", "ecosystem", "NULL", added: 1, updated: 3, by: "4, NULL")),
            \(account(" quux", "influencer", "'older'", added: 3, updated: 1, by: "4, NULL")),
            \(account("@solo", "influencer", "'mine'", added: 4, updated: 4, by: "1, NULL")),
            \(account("@one", "teammate", "NULL", added: 1, updated: 1, by: "7, 8")),
            \(account("ada", "teammate", "NULL", added: 5, updated: 5, by: "1, 2")),
            \(account("@", "ecosystem", "NULL", added: 6, updated: 6, by: "1, NULL"))
            """
        let told = """
            SELECT concat_ws(' ', handle, tier, note, extract(DAY FROM added_at), inserted_by, updated_by) FROM watch_accounts ORDER BY handle
            """
        #expect(
            try await migrated(rows, told) == [
                "ada teammate 5 1 2", "one teammate 1 7 8", "quux ecosystem a note 1 1 4", "solo influencer mine 4 1",
                "unknown ecosystem 6 1",
            ])
    }

    /// A post of a mended account is still a post of that account.
    @Test func postsStayWithTheirAccounts() async throws {
        let rows =
            posts(["1": "@quux", "2": "@", "3": " quux"]) + """
                ; INSERT INTO watch_accounts (handle, tier, added_at) VALUES ('@quux', 'teammate', now()), ('@', 'ecosystem', now())
                """
        let told = "SELECT status_id || ' ' || tier FROM posts JOIN watch_accounts ON handle = author_handle ORDER BY status_id"
        #expect(try await migrated(rows, told) == ["1 teammate", "2 ecosystem", "3 teammate"])
    }

    @Test func whatAnUnfinishedImportHasStagedIsStagedAnew() async throws {
        let rows = """
            INSERT INTO import_stages (target, snapshot_hash, staged_rows, ledger, reject_bytes) VALUES ('posts', 'h', 1, '{}', 0)
            """
        #expect(try await migrated(rows, "SELECT target FROM import_stages") == [])
    }

    @Test(arguments: ["@quux", " quux", "quux ", #"\uFF20quux"#, #"\u2003quux"#, #"quux\u3000"#, "", "@", "Quux"])
    func noSuchHandleIsStoredAgain(handle: String) async throws {
        try await TestDatabase.with { database async throws in
            try await database.connect { connection async throws in
                for insert in [
                    posts(["1": handle]), "INSERT INTO watch_accounts (handle, tier, added_at) VALUES (E'\(handle)', 'teammate', now())",
                ] {
                    let error = await #expect(throws: PostgresError.self) {
                        try await connection.executeScript(insert, timeout: .seconds(10))
                    }
                    #expect("\(error.map(String.init(describing:)) ?? "")".contains("handle_is_normal"))
                }
            }
        }
    }

    /// Each White_Space of Unicode, which the rule of the program trims, is in the list of the migration.
    @Test func theMigrationTrimsWhatTheRuleTrims() async throws {
        let spaces = (UInt32(1)...0x10FFFF).compactMap(Unicode.Scalar.init).filter(\.properties.isWhitespace)
        #expect(spaces.count >= 25)
        let rows = spaces.map {
            #"(E'\U\#(String(repeating: "0", count: 8 - String($0.value, radix: 16).count))\#(String($0.value, radix: 16))x')"#
        }
        try await TestDatabase.with { database async throws in
            let trimmed = try await database.connect { connection async throws in
                try await connection.query(
                    Statement(
                        "test.trimmed",
                        SQL(unescaped: "SELECT trimmed_handle(x || x) FROM (VALUES \(rows.joined(separator: ","))) AS v (x)"),
                        decode: { try $0.text(0) }))
            }
            #expect(zip(trimmed, spaces).allSatisfy { $0 == "x\($1)x" })
        }
    }
}
