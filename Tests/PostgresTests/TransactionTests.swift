import Postgres
import Testing

@Suite(.gated) struct TransactionTests {
    private let insert = Statement("insert", "INSERT INTO t VALUES (1)")
    private let count = Statement("count", "SELECT count(*) FROM t") { try $0.int64(0) }

    private func withTable(_ body: (Connection) async throws -> Void) async throws {
        try await TestPostgres.withConnection { connection in
            try await connection.executeScript("CREATE TEMP TABLE t (x int)")
            try await body(connection)
        }
    }

    @Test func returningCommits() async throws {
        try await withTable { connection async throws in
            let value = try await connection.transaction { connection in
                try await connection.execute(insert)
                return "done"
            }
            #expect(value == "done")
            #expect(try await connection.queryOne(count) == 1)
        }
    }

    @Test func throwingRollsBack() async throws {
        struct Refusal: Error {}
        try await withTable { connection async throws in
            await #expect(throws: Refusal.self) {
                try await connection.transaction { connection in
                    try await connection.execute(insert)
                    throw Refusal()
                }
            }
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func swallowedErrorDoesNotCommit() async throws {
        try await withTable { connection async throws in
            let error = await postgresError {
                try await connection.transaction { connection in
                    try await connection.execute(insert)
                    _ = try? await connection.execute(Statement("bad", "SELECT 1/0"))
                }
            }
            #expect(error?.sqlState == .inFailedTransaction)
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func readOnlyTransactionRefusesWrites() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let error = await postgresError {
                try await connection.transaction(readOnly: true) { connection in
                    try await connection.execute(Statement("create", "CREATE TABLE never (x int)"))
                }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
        }
    }

    @Test func isolationLevelIsSet() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let level = try await connection.transaction(isolation: .serializable) { connection in
                try await connection.queryOne(Statement("level", "SELECT current_setting('transaction_isolation')") { try $0.text(0) })
            }
            #expect(level == "serializable")
        }
    }

    @Test func nestedTransactionIsRefused() async throws {
        try await withTable { connection async throws in
            let error = await postgresError {
                try await connection.transaction { connection in
                    try await connection.transaction { _ in }
                }
            }
            #expect(error?.kind == .protocolViolation)
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func serializationFailureIsRetriedOnlyWhenAskedFor() async throws {
        for (retries, expected) in [(0, 1), (3, 3)] {
            try await TestPostgres.withConnection { connection async throws in
                let attempts = Locked(0)
                let error = await postgresError {
                    try await connection.transaction(retries: retries) { connection in
                        let attempt = attempts.withLock {
                            $0 += 1; return $0
                        }
                        if attempt < 3 {
                            try await connection.executeScript("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$")
                        }
                    }
                }
                #expect(attempts.withLock { $0 } == expected)
                #expect((error == nil) == (retries == 3))
            }
        }
    }

    @Test func realSerializationConflictSucceedsWithRetries() async throws {
        try await TestPostgres.withDatabase { options async throws in
            let pool = Pool(options)
            try await pool.withConnection { try await $0.executeScript("CREATE TABLE counter (n bigint); INSERT INTO counter VALUES (0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await pool.transaction(isolation: .serializable, retries: 100) { connection in
                            let n = try await connection.queryOne(Statement("read", "SELECT n FROM counter") { try $0.int64(0) })
                            try await connection.execute(Statement("write", "UPDATE counter SET n = \(int64: n + 1)"))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.queryOne(Statement("read", "SELECT n FROM counter") { try $0.int64(0) }) == 8)
            await pool.close()
        }
    }

    @Test func otherErrorsAreNotRetried() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let attempts = Locked(0)
            let error = await postgresError {
                try await connection.transaction(retries: 5) { connection in
                    attempts.withLock { $0 += 1 }
                    try await connection.execute(Statement("bad", "SELECT 1/0"))
                }
            }
            #expect(error?.sqlState?.rawValue == "22012")
            #expect(attempts.withLock { $0 } == 1)
        }
    }
}
