import Postgres
import Testing

@Suite(.gated) struct PreparedStatementTests {
    private let prepared = Statement("prepared", "SELECT name, count(*) OVER () FROM pg_prepared_statements") { try $0.int64(1) }

    @Test func statementsArePreparedOnceWhenAskedFor() async throws {
        try await TestPostgres.withConnection(prepares: true) { connection async throws in
            for n in 0..<5 {
                #expect(try await connection.queryOne(Statement("s", "SELECT \(int64: Int64(n))") { try $0.int64(0) }) == Int64(n))
            }
            // The two statements are "SELECT $1" and this very one.
            #expect(try await connection.query(prepared).first == 2)
        }
    }

    @Test func nothingIsPreparedUnlessAskedFor() async throws {
        try await TestPostgres.withConnection { connection async throws in
            try await connection.execute(Statement("s", "SELECT \(int64: 1)"))
            #expect(try await connection.query(prepared).isEmpty)
        }
    }

    @Test func sameTextWithOtherTypesIsAnotherStatement() async throws {
        try await TestPostgres.withConnection(prepares: true) { connection async throws in
            #expect(try await connection.queryOne(Statement("s", "SELECT \(int64: 7)") { try $0.int64(0) }) == 7)
            #expect(try await connection.queryOne(Statement("s", "SELECT \(text: "a")") { try $0.text(0) }) == "a")
        }
    }

    @Test func changedResultTypeIsPreparedAgain() async throws {
        try await TestPostgres.withConnection(prepares: true) { connection async throws in
            try await connection.executeScript("CREATE TEMP TABLE t (a bigint); INSERT INTO t VALUES (1)")
            // There is a second column only after the change.
            let second = Statement("all", "SELECT * FROM t") { row in try? row.textOrNil(1) ?? "null" }
            #expect(try await connection.queryOne(second) == nil)
            try await connection.executeScript("ALTER TABLE t ADD COLUMN b text")
            #expect(try await connection.queryOne(second) == "null")
        }
    }

    /// Somebody else had the session in between, as behind a pooler. What runs alone, in a pipeline or in a transaction shows no error.
    @Test(arguments: [false, true], [false, true])
    func whereStatementsAreGoneNothingIsPreparedAnyMore(inTransaction: Bool, inPipeline: Bool) async throws {
        try await TestPostgres.withConnection(prepares: true) { connection async throws in
            let one = Statement("one", "SELECT 1") { try $0.int64(0) }
            let read: @Sendable (isolated Connection) async throws -> [Int64] = { connection in
                guard inPipeline else { return try await connection.query(one) }
                return try await connection.pipeline(one)
            }
            #expect(try await read(connection) == [1])
            try await connection.executeScript("DEALLOCATE ALL")
            for _ in 0..<2 { #expect(try await (inTransaction ? connection.transaction(read) : read(connection)) == [1]) }
            #expect(try await connection.query(prepared).isEmpty)
        }
    }

    /// Behind a pooler a statement of another connection must not answer in the place of one's own.
    @Test func twoConnectionsNeverGiveTheSameName() async throws {
        let names = Statement("names", "SELECT name FROM pg_prepared_statements") { try $0.text(0) }
        let first = try await TestPostgres.withConnection(prepares: true) { try await $0.query(names) }
        let second = try await TestPostgres.withConnection(prepares: true) { try await $0.query(names) }
        #expect(first.count == 1 && second.count == 1 && first != second)
    }

    /// A column gets another type while two statements over it are prepared: neither way of running them shows an error, inside a
    /// transaction and outside, and what was prepared for the old type is not left on the server.
    @Test(arguments: [false, true], [false, true]) func aChangedColumnTypeIsNoError(inTransaction: Bool, inPipeline: Bool) async throws {
        try await TestPostgres.withDatabase(prepares: true) { options async throws in
            let connection = try await Connection.connect(options)
            try await connection.executeScript("CREATE TABLE t (a varchar); INSERT INTO t VALUES ('x')")
            let (some, all) = (
                Statement("some", "SELECT a FROM t") { try $0.text(0) }, Statement("all", "SELECT * FROM t") { try $0.text(0) }
            )
            let read: @Sendable (isolated Connection) async throws -> [String] = { connection in
                guard inPipeline else { return try await connection.query(some) + connection.query(all) }
                let (one, other) = try await connection.pipeline(some, all)
                return one + other
            }
            for type in ["varchar", "text", "varchar"] {
                try await connection.executeScript("ALTER TABLE t ALTER COLUMN a TYPE \(type)")
                for _ in 0..<2 {
                    let found = try await inTransaction ? connection.transaction(read) : read(connection)
                    #expect(found == ["x", "x"])
                }
                // Two statements, this one, and in a transaction COMMIT.
                #expect(try await connection.query(prepared).count <= 4)
            }
            await connection.close()
        }
    }

    /// A pipeline with more statements than are kept takes those that fell out from the server too.
    @Test func whatFallsOutInAPipelineIsDeallocated() async throws {
        try await TestPostgres.withConnection(prepares: true) { connection async throws in
            for round in 0..<3 {
                try await connection.pipeline((0..<200).map { Statement("s", SQL(unescaped: "SELECT \(round * 200 + $0)")) })
            }
            #expect(try await connection.query(prepared).count <= 257)
        }
    }

    @Test func cacheIsBounded() async throws {
        try await TestPostgres.withConnection(prepares: true, timeout: .seconds(60)) { connection async throws in
            for n in 0..<300 { try await connection.execute(Statement("s", SQL(unescaped: "SELECT \(n)"))) }
            #expect(try await connection.query(prepared).count <= 257)
            #expect(try await connection.queryOne(Statement("s", "SELECT 0") { try $0.int64(0) }) == 0)
        }
    }

    @Test func failedPreparationLeavesNothingBehind() async throws {
        try await TestPostgres.withConnection(prepares: true) { connection async throws in
            for _ in 0..<2 {
                #expect(await postgresError { try await connection.execute(Statement("s", "SELEC")) }?.sqlState == .syntaxError)
            }
            #expect(try await connection.queryOne(Statement("s", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }
}
