import Postgres
import Testing

@Suite(.gated) struct PipelineTests {
    private func insert(_ value: Int64, name: String = "insert") -> Statement<Void> {
        Statement(name, "INSERT INTO t VALUES (\(int64: value))")
    }

    private let count = Statement("count", "SELECT count(*) FROM t") { try $0.int64(0) }

    private func withTable(prepares: Bool, _ body: (Connection) async throws -> Void) async throws {
        try await TestPostgres.withConnection(prepares: prepares) { connection in
            try await connection.executeScript("CREATE TEMP TABLE t (x bigint UNIQUE)")
            try await body(connection)
        }
    }

    @Test(arguments: [false, true])
    func everyStatementReportsItsRows(prepares: Bool) async throws {
        try await withTable(prepares: prepares) { connection async throws in
            let update: Statement<Void> = Statement("update", "UPDATE t SET x = x + 10")
            for round in 0..<3 {
                let counts = try await connection.pipeline([insert(1), insert(2), update, Statement("delete", "DELETE FROM t")])
                #expect(counts == [1, 1, 2, 2], "round \(round)")
            }
            #expect(try await connection.pipeline([]) == [])
        }
    }

    @Test(arguments: [false, true])
    func failingMiddleStatementUndoesAllAndIsNamed(prepares: Bool) async throws {
        try await withTable(prepares: prepares) { connection async throws in
            let error = await postgresError {
                try await connection.pipeline([insert(1, name: "first"), insert(1, name: "second"), insert(2, name: "third")])
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.statementName == "second")
            #expect(try await connection.queryOne(count) == 0)
            #expect(try await connection.pipeline([insert(1), insert(2)]) == [1, 1])
        }
    }

    @Test(arguments: [false, true])
    func unparsableStatementInThePipelineIsNamed(prepares: Bool) async throws {
        try await withTable(prepares: prepares) { connection async throws in
            let error = await postgresError {
                try await connection.pipeline([insert(1), Statement("broken", "SELEC"), insert(2)])
            }
            #expect(error?.sqlState == .syntaxError)
            #expect(error?.statementName == "broken")
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test(arguments: [false, true])
    func typedPipelineReturnsTheRowsOfEach(prepares: Bool) async throws {
        try await withTable(prepares: prepares) { connection async throws in
            let (numbers, texts, none) = try await connection.pipeline(
                Statement("numbers", "SELECT * FROM generate_series(1, 3)") { try $0.int64(0) },
                Statement("texts", "SELECT \(text: "a")") { try $0.text(0) },
                Statement("none", "SELECT true WHERE false") { try $0.bool(0) })
            #expect(numbers == [1, 2, 3])
            #expect(texts == ["a"])
            #expect(none == [])
        }
    }

    /// More than the socket buffers hold in both directions at once: neither side may wait for the other forever.
    @Test func bigPipelineDoesNotDeadlock() async throws {
        try await TestPostgres.withConnection(timeout: .seconds(60)) { connection async throws in
            let big = String(repeating: "x", count: 300_000)
            let statements = (0..<200).map { _ in Statement<Void>("echo", "SELECT \(text: big)") }
            #expect(try await connection.pipeline(statements).count == 200)
        }
    }

    @Test func pipelineTimesOutAndTheConnectionLivesOn() async throws {
        try await withTable(prepares: false) { connection async throws in
            let error = await postgresError {
                try await connection.pipeline(
                    [insert(1), Statement("slow", "SELECT pg_sleep(30)"), insert(2)], timeout: .milliseconds(200))
            }
            #expect(error?.kind == .timeout)
            #expect(error?.statementName == "slow")
            #expect(try await connection.queryOne(count) == 0)
        }
    }
}
