import Postgres
import TestDatabase
import Testing

/// The schema keeps handles in their stored form, by the rule of the program.
@Suite struct NormalHandlesTests {
    @Test(arguments: ["@quux", " quux", "quux ", #"\uFF20quux"#, #"\u2003quux"#, #"quux\u3000"#, "", "@", "Quux"])
    func noOtherFormIsStored(handle: String) async throws {
        try await TestDatabase.with { database async throws in
            try await database.connect { connection async throws in
                for insert in [
                    """
                    INSERT INTO posts (status_id, url, author_handle, discovered_at, last_seen_at)
                    VALUES ('1', 'https://x.example/1', E'\(handle)', '2026-02-22', '2026-02-22')
                    """,
                    "INSERT INTO watch_accounts (handle, tier, added_at) VALUES (E'\(handle)', 'teammate', now())",
                ] {
                    let error = await #expect(throws: PostgresError.self) {
                        try await connection.executeScript(insert, timeout: .seconds(10))
                    }
                    #expect("\(error.map(String.init(describing:)) ?? "")".contains("handle_is_normal"))
                }
            }
        }
    }

    /// Each White_Space of Unicode, which the rule of the program trims, is in the list of the schema.
    @Test func theSchemaTrimsWhatTheRuleTrims() async throws {
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
