import Postgres
import Testing

@Suite(.gated) struct RoundTripTests {
    /// Sends a value and reads it back, prepared and not.
    private func echo<Value: Sendable>(
        _ parameter: SQL, _ decode: @escaping @Sendable (Row) throws -> Value
    ) async throws -> Value {
        try await TestPostgres.withConnection { connection in
            try await connection.queryOne(Statement("echo", "SELECT \(parameter)", decode: decode))
        }
    }

    @Test(arguments: ["", "a", "käse 日本語 🏳️‍🌈 \u{10FFFF}", "'; DROP TABLE x; --", "$1 \\ \" %", String(repeating: "x", count: 1 << 20)])
    func textComesBackAsItWas(_ value: String) async throws {
        #expect(try await echo("\(text: value)") { try $0.text(0) } == value)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func int64ComesBackAsItWas(_ value: Int64) async throws {
        #expect(try await echo("\(int64: value)") { try $0.int64(0) } == value)
    }

    @Test(arguments: [Int32.min, -1, 0, 1, .max])
    func int32ComesBackAsItWas(_ value: Int32) async throws {
        #expect(try await echo("\(int32: value)") { try $0.int64(0) } == Int64(value))
        #expect(try await echo("\(int32: value)") { try $0.int32(0) } == value)
    }

    @Test(arguments: [true, false])
    func boolComesBackAsItWas(_ value: Bool) async throws {
        #expect(try await echo("\(bool: value)") { try $0.bool(0) } == value)
    }

    /// The extremes are those of Postgres: 4714-11-24 BC and just before 294277-01-01.
    @Test(arguments: [0, 1, -1, 1_767_225_600_123_456, 946_684_800_000_000, -210_866_803_200_000_000, 9_223_371_331_199_999_999])
    func timestampComesBackAsItWas(_ value: Int64) async throws {
        #expect(try await echo("\(timestamp: value)") { try $0.timestamp(0) } == value)
    }

    @Test func timestampCountsFrom1970InUTC() async throws {
        let value = try await TestPostgres.withConnection { connection in
            try await connection.queryOne(Statement("t", "SELECT '2026-11-24 03:39:45.000001+00'::timestamptz") { try $0.timestamp(0) })
        }
        #expect(value == 1_795_491_585_000_001)
    }

    @Test(arguments: [#"{"a": [1, null, "ü"]}"#, "null", "[]", #""text""#])
    func jsonbComesBackAsItWas(_ value: String) async throws {
        #expect(try await echo("\(jsonbBytes: Array(value.utf8))") { try $0.jsonb(0) } == value)
    }

    @Test func arraysWithNullsComeBackAsTheyWere() async throws {
        #expect(try await echo("\(textArray: ["a", nil, "", "ü"])") { try $0.textArrayOfOptionals(0) } == ["a", nil, "", "ü"])
        #expect(try await echo("\(int64Array: [.min, nil, .max])") { try $0.int64ArrayOfOptionals(0) } == [.min, nil, .max])
    }

    /// Arrays that this program only sends are compared by Postgres.
    @Test(
        arguments: [
            "\(boolArray: [true, nil, false]) = ARRAY[true, NULL, false]",
            "\(timestampArray: [0, nil, -1]) = ARRAY['1970-01-01Z', NULL, '1969-12-31 23:59:59.999999Z']::TIMESTAMPTZ[]",
            #"\#(jsonbArray: ["{}", nil]) = ARRAY['{}', NULL]::JSONB[]"#,
            "\(boolArray: []) = '{}'", "\(timestampArray: []) = '{}'", "\(jsonbArray: []) = '{}'",
        ] as [SQL])
    func arraysArriveAsTheyWere(_ isEqual: SQL) async throws {
        #expect(try await echo(isEqual) { try $0.bool(0) })
    }

    @Test func emptyArraysComeBackEmpty() async throws {
        #expect(try await echo("\(textArray: [])") { try $0.textArray(0) } == [])
        #expect(try await echo("\(int64Array: [])") { try $0.int64Array(0) } == [])
    }

    @Test(
        arguments: [
            "\(text: nil)", "\(int64: nil)", "\(int32: nil)", "\(bool: nil)", "\(timestamp: nil)", "\(jsonbBytes: nil)",
        ] as [SQL])
    func nilOfEveryTypeIsNull(_ parameter: SQL) async throws {
        #expect(try await echo(parameter) { try $0.isNull(0) })
    }

    @Test func nullIsReadAsNil() async throws {
        #expect(try await echo("\(text: nil)") { try $0.textOrNil(0) } == nil)
        #expect(try await echo("\(timestamp: nil)") { try $0.timestampOrNil(0) } == nil)
        #expect(try await echo("NULL::BIGINT[]") { try $0.int64ArrayOrNil(0) } == nil)
    }

    @Test func narrowTypesWiden() async throws {
        let (int2, int4, varchar, name, char, json) = try await TestPostgres.withConnection { connection in
            try await connection.queryOne(
                Statement("w", "SELECT 1::int2, 2::int4, 'v'::varchar, 'n'::name, 'c '::char(2), '{}'::json") {
                    (try $0.int64(0), try $0.int64(1), try $0.text(2), try $0.text(3), try $0.text(4), try $0.jsonb(5))
                })
        }
        #expect((int2, int4) == (1, 2))
        #expect((varchar, name, char, json) == ("v", "n", "c ", "{}"))
    }
}
