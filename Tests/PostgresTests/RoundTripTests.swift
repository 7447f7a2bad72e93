import Foundation
import Postgres
import Testing

@Suite(.gated) struct RoundTripTests {
    /// Sends a value and reads it back, prepared and not.
    private func echo<Value: Sendable>(
        _ parameter: Parameter, _ decode: @escaping @Sendable (Row) throws -> Value
    ) async throws -> Value {
        try await TestServer.withConnection { connection in
            try await connection.queryOne(Statement("echo", "SELECT \(parameter)", decode: decode))
        }
    }

    @Test(arguments: ["", "a", "käse 日本語 🏳️‍🌈 \u{10FFFF}", "'; DROP TABLE x; --", "$1 \\ \" %", String(repeating: "x", count: 1 << 20)])
    func textComesBackAsItWas(_ value: String) async throws {
        #expect(try await echo(.text(value)) { try $0.text(0) } == value)
        #expect(try await echo(.bytes(Array(value.utf8))) { try $0.text(0) } == value)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func int64ComesBackAsItWas(_ value: Int64) async throws {
        #expect(try await echo(.int64(value)) { try $0.int64(0) } == value)
    }

    @Test(arguments: [Int32.min, -1, 0, 1, .max])
    func int32ComesBackAsItWas(_ value: Int32) async throws {
        #expect(try await echo(.int32(value)) { try $0.int64(0) } == Int64(value))
        #expect(try await echo(.int32(value)) { try $0.int32(0) } == value)
    }

    @Test(arguments: [true, false])
    func boolComesBackAsItWas(_ value: Bool) async throws {
        #expect(try await echo(.bool(value)) { try $0.bool(0) } == value)
    }

    @Test(arguments: [0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.1])
    func doubleComesBackAsItWas(_ value: Double) async throws {
        #expect(try await echo(.double(value)) { try $0.double(0) }.bitPattern == value.bitPattern)
    }

    @Test func notANumberComesBack() async throws {
        #expect(try await echo(.double(.nan)) { try $0.double(0) }.isNaN)
    }

    /// The extremes are those of Postgres: 4714-11-24 BC and just before 294277-01-01.
    @Test(arguments: [0, 1, -1, 1_767_225_600_123_456, 946_684_800_000_000, -210_866_803_200_000_000, 9_223_371_331_199_999_999])
    func timestampComesBackAsItWas(_ value: Int64) async throws {
        #expect(try await echo(.timestamp(value)) { try $0.timestamp(0) } == value)
    }

    @Test func timestampCountsFrom1970InUTC() async throws {
        let value = try await TestServer.withConnection { connection in
            try await connection.queryOne(Statement("t", "SELECT '2026-11-24 03:39:45.000001+00'::timestamptz") { try $0.timestamp(0) })
        }
        #expect(value == 1_795_491_585_000_001)
    }

    @Test(arguments: [#"{"a": [1, null, "ü"]}"#, "null", "[]", #""text""#])
    func jsonbComesBackAsItWas(_ value: String) async throws {
        #expect(try await echo(.jsonb(value)) { try $0.jsonb(0) } == value)
        #expect(try await echo(.jsonbBytes(Array(value.utf8))) { try $0.jsonbBytes(0) } == Array(value.utf8))
    }

    @Test func uuidComesBackAsItWas() async throws {
        let value = UUID()
        #expect(try await echo(.uuid(value)) { try $0.uuid(0) } == value)
        let text = try await TestServer.withConnection { connection in
            try await connection.queryOne(Statement("u", "SELECT \(uuid: value)::text") { try $0.text(0) })
        }
        #expect(text == value.uuidString.lowercased())
    }

    @Test func byteaComesBackAsItWas() async throws {
        let value = (0...255).map { UInt8($0) }
        #expect(try await echo(.bytea(value)) { try $0.bytea(0) } == value)
        #expect(try await echo(.bytea([])) { try $0.bytea(0) } == [])
    }

    @Test func arraysWithNullsComeBackAsTheyWere() async throws {
        let id = UUID()
        #expect(try await echo(.textArray(["a", nil, "", "ü"])) { try $0.textArrayOfOptionals(0) } == ["a", nil, "", "ü"])
        #expect(try await echo(.int64Array([.min, nil, .max])) { try $0.int64ArrayOfOptionals(0) } == [.min, nil, .max])
        #expect(try await echo(.boolArray([true, nil, false])) { try $0.boolArrayOfOptionals(0) } == [true, nil, false])
        #expect(try await echo(.doubleArray([0.5, nil])) { try $0.doubleArrayOfOptionals(0) } == [0.5, nil])
        #expect(try await echo(.timestampArray([0, nil, -1])) { try $0.timestampArrayOfOptionals(0) } == [0, nil, -1])
        #expect(try await echo(.jsonbArray(["{}", nil])) { try $0.jsonbArrayOfOptionals(0) } == ["{}", nil])
        #expect(try await echo(.uuidArray([id, nil])) { try $0.uuidArrayOfOptionals(0) } == [id, nil])
    }

    @Test func emptyArraysComeBackEmpty() async throws {
        #expect(try await echo(.textArray([])) { try $0.textArray(0) } == [])
        #expect(try await echo(.int64Array([])) { try $0.int64Array(0) } == [])
        #expect(try await echo(.uuidArray([])) { try $0.uuidArray(0) } == [])
    }

    @Test(arguments: [
        ParameterType.text, .bytea, .int64, .int32, .bool, .double, .timestamp, .jsonb, .uuid, .textArray, .int64Array,
        .boolArray, .doubleArray, .timestampArray, .jsonbArray, .uuidArray,
    ])
    func nullOfEveryTypeIsNull(_ type: ParameterType) async throws {
        #expect(try await echo(.null(type)) { try $0.isNull(0) })
    }

    @Test func nilBecomesNull() async throws {
        let none: String? = nil
        #expect(try await echo(.text(none)) { try $0.textOrNil(0) } == nil)
        #expect(try await echo(.timestamp(Int64?.none)) { try $0.timestampOrNil(0) } == nil)
    }

    @Test func narrowTypesWiden() async throws {
        let (int2, int4, float4, varchar, name, char, json) = try await TestServer.withConnection { connection in
            try await connection.queryOne(
                Statement("w", "SELECT 1::int2, 2::int4, 1.5::float4, 'v'::varchar, 'n'::name, 'c '::char(2), '{}'::json") {
                    (try $0.int64(0), try $0.int64(1), try $0.double(2), try $0.text(3), try $0.text(4), try $0.text(5), try $0.jsonb(6))
                })
        }
        #expect((int2, int4, float4) == (1, 2, 1.5))
        #expect((varchar, name, char, json) == ("v", "n", "c ", "{}"))
    }
}
