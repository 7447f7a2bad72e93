import Postgres
import Testing

@Suite(.gated) struct CancellationTests {
    @Test func cancelledTaskStopsItsStatementOnTheServer() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let task = Task {
                try await connection.execute(Statement("slow", "SELECT pg_sleep(30) /* cancel-marker-task */"))
            }
            #expect(try await eventually { try await TestPostgres.activeStatements(containing: "cancel-marker-task") == 1 })
            task.cancel()
            #expect(await postgresError { _ = try await task.value }?.kind == .cancelled)
            #expect(try await TestPostgres.activeStatements(containing: "cancel-marker-task") == 0)
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    @Test func taskCancelledBeforeSendsNothing() async throws {
        try await TestPostgres.withConnection { connection async throws in
            try await connection.executeScript("CREATE TEMP TABLE t (x int)")
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await connection.execute(Statement("insert", "INSERT INTO t VALUES (1)"))
            }
            task.cancel()
            #expect(await postgresError { _ = try await task.value }?.kind == .cancelled)
            #expect(try await connection.queryOne(Statement("count", "SELECT count(*) FROM t") { try $0.int64(0) }) == 0)
        }
    }

    @Test func cancelledTransactionIsRolledBack() async throws {
        try await TestPostgres.withConnection { connection async throws in
            try await connection.executeScript("CREATE TEMP TABLE t (x int)")
            let task = Task {
                try await connection.transaction { connection in
                    try await connection.execute(Statement("insert", "INSERT INTO t VALUES (1)"))
                    try await connection.execute(Statement("slow", "SELECT pg_sleep(30) /* cancel-marker-transaction */"))
                }
            }
            #expect(try await eventually { try await TestPostgres.activeStatements(containing: "cancel-marker-transaction") == 1 })
            task.cancel()
            #expect(await postgresError { try await task.value }?.kind == .cancelled)
            #expect(try await connection.queryOne(Statement("count", "SELECT count(*) FROM t") { try $0.int64(0) }) == 0)
        }
    }

    /// A late cancel request must never hit the statement after the one it was meant for.
    @Test func cancellationNeverHitsTheNextStatement() async throws {
        try await TestPostgres.withConnection { connection async throws in
            for round in 0..<100 {
                let task = Task {
                    try await connection.execute(Statement("short", "SELECT pg_sleep(0.002)"))
                }
                try await Task.sleep(for: .microseconds(Int.random(in: 0...4000)))
                task.cancel()
                _ = await task.result
                #expect(
                    try await connection.queryOne(Statement("next", "SELECT \(int64: Int64(round))") { try $0.int64(0) }) == Int64(round))
            }
        }
    }

    @Test func connectingCanBeCancelled() async throws {
        let server = try SilentServer()
        let task = Task {
            _ = try await Connection.connect(
                ConnectionOptions(conninfo: "host=127.0.0.1 port=\(server.port) user=x sslmode=disable", connectTimeout: .seconds(30)))
        }
        try await server.waitForClient()
        task.cancel()
        #expect(await postgresError { try await task.value }?.kind == .cancelled)
    }
}
