import Postgres
import Testing

@Suite(.gated) struct DecodingTests {
    private func failure(_ sql: SQL, _ decode: @escaping @Sendable (Row) throws -> Void) async throws -> PostgresError {
        let options = try TestPostgres.options()
        let error = await postgresError {
            let connection = try await Connection.connect(options)
            _ = try await connection.query(Statement("users.list", sql, decode: decode))
        }
        return try #require(error)
    }

    @Test func wrongTypeNamesStatementRowColumnAndBothTypes() async throws {
        let error = try await failure("SELECT 1 AS id, 'x' AS name FROM generate_series(1, 2)") { _ = try $0.int64(1) }
        #expect(error.kind == .decoding)
        #expect(error.description == "users.list: row 0, column 1 (name): expected int8, the column is text")
    }

    @Test(arguments: ["infinity", "-infinity"])
    func infiniteTimestampIsAnError(_ value: String) async throws {
        let error = try await failure("SELECT \(text: value)::timestamptz") { _ = try $0.timestampOrNil(0) }
        #expect(error.kind == .decoding)
        #expect(error.description.contains("finite timestamptz"))
    }

    @Test func timestampWithoutTimeZoneIsRefused() async throws {
        #expect(try await failure("SELECT now()::timestamp") { _ = try $0.timestamp(0) }.description.contains("the column is timestamp"))
    }

    @Test func nullIsAnErrorUnlessAskedFor() async throws {
        #expect(try await failure("SELECT NULL::text") { _ = try $0.text(0) }.description.contains("NULL"))
        #expect(try await failure("SELECT ARRAY['a', NULL]") { _ = try $0.textArray(0) }.kind == .decoding)
    }

    @Test(arguments: [-1, 1, Int.max])
    func missingColumnIsAnError(_ column: Int) async throws {
        #expect(try await failure("SELECT 1") { _ = try $0.int64(column) }.kind == .decoding)
        #expect(try await failure("SELECT 1") { _ = try $0.isNull(column) }.kind == .decoding)
        #expect(try await failure("SELECT 1") { _ = try $0.columnName(column) }.kind == .decoding)
    }

    @Test func manyDimensionsAreRefused() async throws {
        #expect(try await failure("SELECT '{{1,2},{3,4}}'::bigint[]") { _ = try $0.int64Array(0) }.kind == .decoding)
    }

    @Test func wrongNumberOfRowsIsAnError() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let rows: @Sendable (Int64) -> Statement<Int64> = { count in
                Statement("rows", "SELECT * FROM generate_series(1, \(int64: count))") { try $0.int64(0) }
            }
            #expect(await postgresError { _ = try await connection.queryOne(rows(0)) }?.kind == .rowCount)
            #expect(await postgresError { _ = try await connection.queryOne(rows(2)) }?.kind == .rowCount)
            #expect(await postgresError { _ = try await connection.queryOptional(rows(2)) }?.kind == .rowCount)
            #expect(try await connection.queryOptional(rows(0)) == nil)
            #expect(try await connection.queryOptional(rows(1)) == 1)
        }
    }

    @Test func connectionIsUsableAfterADecoderThrew() async throws {
        struct Refusal: Error {}
        try await TestPostgres.withConnection { connection async throws in
            await #expect(throws: Refusal.self) {
                _ = try await connection.query(Statement("s", "SELECT 1", decode: { _ -> Int in throw Refusal() }))
            }
            #expect(try await connection.queryOne(Statement("s", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }
}
