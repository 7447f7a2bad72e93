import Postgres
import Testing

@Suite(.gated) struct PoolRecoveryTests {
    private let one = Statement("one", "SELECT 1") { try $0.int64(0) }

    @Test func failedConnectsLeakNoSlotsAndThePoolRecoversByItself() async throws {
        try await TestPostgres.withDatabase { options async throws in
            let pool = Pool(options, options: .init(maximum: 2, waitTimeout: .seconds(600)))
            #expect(try await pool.queryOne(one) == 1)
            let name = try await pool.queryOne(Statement("db", "SELECT current_database()") { try $0.text(0) })
            try await TestPostgres.withConnection { admin in
                try await admin.executeScript("ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
                try await admin.execute(
                    Statement("kill", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(text: name)"))
            }
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { await postgresError { try await pool.queryOne(one) } != nil } }
                for try await hasFailed in group { #expect(hasFailed) }
            }
            #expect(pool.statistics.figures == [0, 0, 0])
            try await TestPostgres.withConnection { try await $0.executeScript("ALTER DATABASE \(name) ALLOW_CONNECTIONS true") }
            #expect(try await pool.queryOne(one) == 1)
            await pool.close()
        }
    }

    /// Whatever tasks do to their connections, no slot leaks, no connection is shared and none comes back dirty.
    @Test func randomFaultsNeverLeakASlot() async throws {
        let maximum = 4
        try await TestPostgres.withDatabase { options async throws in
            let pool = Pool(options, options: .init(maximum: maximum, waitTimeout: .seconds(600)))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask { for _ in 0..<30 { await misbehave(pool, Int.random(in: 0..<9)) } }
                }
                try await group.waitForAll()
            }
            let statistics = pool.statistics
            #expect(statistics.open <= maximum)
            #expect(statistics.idle == statistics.open)
            #expect(statistics.waiting == 0)
            let clean = Statement("clean", "SELECT coalesce(current_setting('tests.dirty', true), '') = ''") { try $0.bool(0) }
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<maximum {
                    group.addTask {
                        try await pool.withConnection { connection in
                            try await connection.execute(Statement("hold", "SELECT pg_sleep(0.1)"))
                            return try await connection.queryOne(clean)
                        }
                    }
                }
                for try await isClean in group { #expect(isClean) }
            }
            await pool.close()
            #expect(pool.statistics.open == 0)
        }
    }

    private func misbehave(_ pool: Pool, _ fault: Int) async {
        struct Refusal: Error {}
        let slow = Statement<Void>("slow", "SELECT pg_sleep(5)")
        switch fault {
        case 0: _ = try? await pool.execute(Statement("suicide", "SELECT pg_terminate_backend(pg_backend_pid())"))
        case 1: _ = try? await pool.execute(slow, timeout: .milliseconds(5))
        case 2:
            _ = try? await pool.withConnection {
                try await $0.executeScript("BEGIN; SET LOCAL tests.dirty = 'yes'"); throw Refusal()
            }
        case 3:
            try? await pool.transaction {
                try await $0.execute(Statement("bad", "SELECT 1/0")); throw Refusal()
            }
        case 4: _ = try? await pool.query(Statement("decode", "SELECT 1", decode: { _ -> Int in throw Refusal() }))
        case 5:
            let task = Task { try await pool.execute(slow) }
            try? await Task.sleep(for: .milliseconds(Int.random(in: 0...10)))
            task.cancel()
            _ = await task.result
        case 6:
            _ = try? await pool.withConnection { connection in
                try await connection.forEach(Statement("each", "SELECT * FROM generate_series(1, 100000)") { try $0.int64(0) }) { _ in
                    throw Refusal()
                }
            }
        case 7: try? await pool.withConnection { await $0.close() }
        default: _ = try? await pool.queryOne(one)
        }
    }
}
