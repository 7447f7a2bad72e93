import Postgres
import Testing

@Suite(.gated) struct PoolServerLimitTests {
    /// The role may have two connections, the pool wants ten: whoever asks gets one of the two in the end.
    @Test func theLineIsJoinedWhenTheServerHasNoRoom() async throws {
        let server = try PrivateServer.shared.get()
        let role = "few_\(UInt32.random(in: 0 ... .max))"
        let admin = try await Connection.connect(ConnectionOptions(conninfo: server.conninfo))
        try await admin.executeScript("CREATE ROLE \(role) LOGIN CONNECTION LIMIT 2")
        let options = ConnectionOptions(conninfo: "host=\(server.directory) port=\(server.port) user=\(role) dbname=postgres")
        let pool = Pool(options, options: .init(maximum: 10, waitTimeout: .seconds(600)))
        // One is there for sure before the crowd comes.
        try await pool.withConnection { held async throws in
            try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<40 {
                    group.addTask { try await pool.queryOne(Statement("one", "SELECT 1 FROM pg_sleep(0.01)") { try $0.int64(0) }) }
                }
                for try await one in group { #expect(one == 1) }
            }
            try await held.execute(Statement("held", "SELECT 1"))
        }
        #expect(pool.statistics.open <= 2)
        #expect(pool.statistics.waiting == 0)
        await pool.close()
        // Where nobody of the pool is connected there is nothing to wait for.
        try await admin.executeScript("ALTER ROLE \(role) CONNECTION LIMIT 0")
        let empty = Pool(options, options: .init(waitTimeout: .seconds(3_600)))
        let error = await postgresError { try await empty.execute(Statement("one", "SELECT 1")) }
        #expect(error?.sqlState == .tooManyConnections)
        await empty.close()
        try await admin.executeScript("DROP ROLE \(role)")
        await admin.close()
    }
}
