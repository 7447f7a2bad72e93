import Postgres
import Testing

@Suite(.gated) struct PreparedStatementTests {
    private let prepared = Statement("prepared", "SELECT name, count(*) OVER () FROM pg_prepared_statements") { try $0.int64(1) }

    @Test func statementsArePreparedOnceWhenAskedFor() async throws {
        try await TestServer.withConnection(prepares: true) { connection async throws in
            for n in 0..<5 {
                #expect(try await connection.queryOne(Statement("s", "SELECT \(int64: Int64(n))") { try $0.int64(0) }) == Int64(n))
            }
            // The two statements are "SELECT $1" and this very one.
            #expect(try await connection.query(prepared).first == 2)
        }
    }

    @Test func nothingIsPreparedUnlessAskedFor() async throws {
        try await TestServer.withConnection { connection async throws in
            try await connection.execute(Statement("s", "SELECT \(int64: 1)"))
            #expect(try await connection.query(prepared).isEmpty)
        }
    }

    @Test func sameTextWithOtherTypesIsAnotherStatement() async throws {
        try await TestServer.withConnection(prepares: true) { connection async throws in
            #expect(try await connection.queryOne(Statement("s", "SELECT \(int64: 7)") { try $0.int64(0) }) == 7)
            #expect(try await connection.queryOne(Statement("s", "SELECT \(text: "a")") { try $0.text(0) }) == "a")
        }
    }

    @Test func changedResultTypeIsPreparedAgain() async throws {
        try await TestServer.withConnection(prepares: true) { connection async throws in
            try await connection.executeScript("CREATE TEMP TABLE t (a bigint); INSERT INTO t VALUES (1)")
            let all = Statement("all", "SELECT * FROM t") { $0.columnCount }
            #expect(try await connection.queryOne(all) == 1)
            try await connection.executeScript("ALTER TABLE t ADD COLUMN b text")
            #expect(try await connection.queryOne(all) == 2)
        }
    }

    @Test func statementTheServerForgotIsPreparedAgain() async throws {
        try await TestServer.withConnection(prepares: true) { connection async throws in
            let one = Statement("one", "SELECT 1") { try $0.int64(0) }
            #expect(try await connection.queryOne(one) == 1)
            try await connection.executeScript("DEALLOCATE ALL")
            #expect(try await connection.queryOne(one) == 1)
            try await connection.executeScript("DEALLOCATE ALL")
            let error = await postgresError { try await connection.pipeline(one) }
            #expect(error?.sqlState == .invalidStatementName)
            let again: [Int64] = try await connection.pipeline(one)
            #expect(again == [1])
        }
    }

    @Test func insideATransactionTheErrorIsThrown() async throws {
        try await TestServer.withConnection(prepares: true) { connection async throws in
            let one = Statement("one", "SELECT 1") { try $0.int64(0) }
            #expect(try await connection.queryOne(one) == 1)
            let error = await postgresError {
                try await connection.transaction { connection in
                    try await connection.executeScript("DEALLOCATE ALL")
                    return try await connection.queryOne(one)
                }
            }
            #expect(error?.sqlState == .invalidStatementName)
            #expect(try await connection.queryOne(one) == 1)
        }
    }

    @Test func cacheIsBounded() async throws {
        try await TestServer.withConnection(prepares: true, timeout: .seconds(60)) { connection async throws in
            for n in 0..<300 { try await connection.execute(Statement("s", SQL(unescaped: "SELECT \(n)"))) }
            #expect(try await connection.query(prepared).count <= 257)
            #expect(try await connection.queryOne(Statement("s", "SELECT 0") { try $0.int64(0) }) == 0)
        }
    }

    @Test func failedPreparationLeavesNothingBehind() async throws {
        try await TestServer.withConnection(prepares: true) { connection async throws in
            for _ in 0..<2 {
                #expect(await postgresError { try await connection.execute(Statement("s", "SELEC")) }?.sqlState == .syntaxError)
            }
            #expect(try await connection.queryOne(Statement("s", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }
}
