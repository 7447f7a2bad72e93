import Postgres
import Testing

@Suite(.gated) struct TimeoutTests {
    @Test func slowStatementTimesOutAndStopsOnTheServer() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let error = await postgresError {
                try await connection.execute(Statement("slow", "SELECT pg_sleep(600) /* timeout-marker */"), timeout: .milliseconds(200))
            }
            #expect(error?.kind == .timeout)
            #expect(error?.isTransient == true)
            #expect(error?.statementName == "slow")
            #expect(try await TestPostgres.activeStatements(containing: "timeout-marker") == 0)
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    @Test func connectionsOwnTimeoutAppliesToScriptsToo() async throws {
        try await TestPostgres.withConnection(timeout: .milliseconds(200)) { connection async throws in
            #expect(await postgresError { try await connection.executeScript("SELECT pg_sleep(600)") }?.kind == .timeout)
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    @Test func serverThatNeverAnswersTimesOut() async throws {
        let server = try SilentServer()
        let error = await postgresError {
            _ = try await Connection.connect(
                ConnectionOptions(
                    conninfo: "host=127.0.0.1 port=\(server.port) user=x sslmode=disable", connectTimeout: .milliseconds(300)))
        }
        #expect(error?.kind == .timeout)
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
    }

    /// The cancel request goes to a frozen backend, as when the network is gone: the client must not wait for it.
    @Test(.timeLimit(.minutes(5))) func frozenServerCannotHoldTheClient() async throws {
        try await PrivateServer.withFrozenBackend { connection in
            let error = await postgresError {
                try await connection.execute(Statement("frozen", "SELECT 1"), timeout: .milliseconds(200))
            }
            #expect(error?.kind == .timeout)
            #expect(await postgresError { try await connection.execute(Statement("after", "SELECT 1")) }?.kind == .closed)
        }
    }
}
