import Postgres
import Testing

@Suite(.gated) struct PgBouncerTests {
    @Test(arguments: [false, true]) func manyClientsShareTwoServerConnections(prepares: Bool) async throws {
        var options = try PgBouncer.shared.get().options
        options.preparesStatements = prepares
        let told = Locked(0)
        let pool = Pool(options, options: .init(maximum: 8)) { observation in
            if case .stoppedPreparing = observation { told.withLock { $0 += 1 } }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for round in 0..<20 {
                        let value = Int64(task * 1000 + round)
                        let one = try await pool.queryOne(Statement("one", "SELECT \(int64: value), \(text: "x")") { try $0.int64(0) })
                        #expect(one == value)
                        let inside = try await pool.transaction { connection in
                            try await connection.execute(Statement("set", "SELECT set_config('tests.value', \(text: "\(value)"), true)"))
                            return try await connection.queryOne(
                                Statement("get", "SELECT current_setting('tests.value')") { try $0.text(0) })
                        }
                        #expect(inside == "\(value)")
                        let (a, b) = try await pool.pipeline(
                            Statement("a", "SELECT \(int64: value)") { try $0.int64(0) }, Statement("b", "SELECT 2") { try $0.int64(0) })
                        #expect(a == [value] && b == [2])
                    }
                }
            }
            try await group.waitForAll()
        }
        await pool.close()
        #expect(told.withLock { $0 } == (prepares ? 1 : 0))
    }

    @Test func copyStreamsAndTimeoutsWorkThroughIt() async throws {
        let connection = try await Connection.connect(try PgBouncer.shared.get().options)
        try await connection.executeScript("CREATE TABLE bouncer_copy (x bigint)")
        let copied = try await connection.copyIn("in", "COPY bouncer_copy FROM STDIN") { writer in
            for n in 0..<10_000 { try writer.write(Array("\(n)\n".utf8)) }
        }
        #expect(copied == 10_000)
        let streamed = Locked<[Int64]>([])
        try await connection.forEach(Statement("each", "SELECT x FROM bouncer_copy ORDER BY x") { try $0.int64(0) }) { rows in
            streamed.withLock { $0 += rows }
        }
        #expect(streamed.withLock { $0 } == Array(0..<10_000))
        let error = await postgresError {
            try await connection.execute(Statement("slow", "SELECT pg_sleep(30)"), timeout: .milliseconds(200))
        }
        #expect(error?.kind == .timeout)
        await connection.close()
        // A busy server may answer the cancel request too late, and then the connection is closed.
        let another = try await Connection.connect(try PgBouncer.shared.get().options)
        try await another.executeScript("DROP TABLE bouncer_copy")
        await another.close()
    }
}
