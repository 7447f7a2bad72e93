import Postgres
import Testing

@Suite(.gated) struct PoolTests {
    private let one = Statement("one", "SELECT 1") { try $0.int64(0) }
    private let processID = Statement("pid", "SELECT pg_backend_pid()") { try $0.int32(0) }

    private func pool(_ options: Pool.Options, observe: (@Sendable (PoolObservation) -> Void)? = nil) throws -> Pool {
        Pool(try TestPostgres.options(), options: options, observe: observe)
    }

    @Test func neverMoreThanTheMaximumAreOpen() async throws {
        let pool = try pool(.init(maximum: 3, waitTimeout: .seconds(600)))
        let inUse = Locked((now: 0, most: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await pool.withConnection { connection in
                        inUse.withLock {
                            $0.now += 1; $0.most = max($0.most, $0.now)
                        }
                        _ = try await connection.queryOne(one)
                        inUse.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inUse.withLock { $0.most } <= 3)
        #expect(pool.statistics.open <= 3)
        #expect(pool.statistics.idle == pool.statistics.open)
        await pool.close()
    }

    @Test func connectionsAreReused() async throws {
        let pool = try pool(.init())
        let first = try await pool.queryOne(processID)
        #expect(try await pool.queryOne(processID) == first)
        #expect(pool.statistics.figures == [1, 1, 0])
        await pool.close()
    }

    @Test func waitingTimesOutWithoutLosingASlot() async throws {
        let pool = try pool(.init(maximum: 1, waitTimeout: .milliseconds(100)))
        try await pool.withConnection { _ async throws in
            let error = await postgresError { try await pool.queryOne(one) }
            #expect(error?.kind == .poolTimeout)
            #expect(error?.isTransient == true)
            #expect(pool.statistics.waiting == 0)
        }
        #expect(try await pool.queryOne(one) == 1)
        await pool.close()
    }

    @Test func waitingCanBeCancelled() async throws {
        let pool = try pool(.init(maximum: 1, waitTimeout: .seconds(600)))
        try await pool.withConnection { _ async throws in
            let task = Task { try await pool.queryOne(one) }
            #expect(try await eventually { pool.statistics.waiting == 1 })
            task.cancel()
            #expect(await postgresError { try await task.value }?.kind == .cancelled)
            #expect(pool.statistics.waiting == 0)
        }
        #expect(try await pool.queryOne(one) == 1)
        await pool.close()
    }

    @Test func firstToWaitIsFirstServed() async throws {
        let pool = try pool(.init(maximum: 1, waitTimeout: .seconds(600)))
        let order = Locked<[Int]>([])
        let tasks = try await pool.withConnection { _ in
            var tasks: [Task<Void, any Error>] = []
            for number in 0..<10 {
                tasks.append(Task { try await pool.withConnection { _ in order.withLock { $0.append(number) } } })
                guard try await eventually({ pool.statistics.waiting == number + 1 }) else { break }
            }
            return tasks
        }
        for task in tasks { try await task.value }
        #expect(order.withLock { $0 } == Array(0..<10))
        await pool.close()
    }

    @Test func openTransactionIsRolledBackBeforeReuse() async throws {
        let pool = try pool(.init(maximum: 1))
        let first = try await pool.withConnection { connection in
            try await connection.executeScript("BEGIN; CREATE TEMP TABLE left_over (x int)")
            return connection.processID
        }
        #expect(await postgresError { try await pool.execute(Statement("s", "SELECT * FROM left_over")) }?.sqlState == .undefinedTable)
        #expect(try await pool.queryOne(processID) == first)
        await pool.close()
    }

    @Test func connectionStillInUseIsNotGivenToOthers() async throws {
        let pool = try pool(.init(maximum: 1))
        let task = try await pool.withConnection { connection in
            let task = Task { try await connection.execute(Statement("leaked", "SELECT pg_sleep(30) /* leaked-marker */")) }
            guard try await eventually({ try await TestPostgres.activeStatements(containing: "leaked-marker") == 1 }) else { return task }
            return task
        }
        #expect(try await pool.queryOne(one) == 1)
        #expect(await postgresError { try await task.value } != nil)
        await pool.close()
    }

    @Test func killedBackendIsReplacedAtTheNextLease() async throws {
        let closed = Locked(0)
        let pool = try pool(.init(maximum: 1)) { observation in
            if case .closed(_, .broken) = observation { closed.withLock { $0 += 1 } }
        }
        let first = try await pool.queryOne(processID)
        try await TestPostgres.withConnection { other in
            try await other.execute(Statement("kill", "SELECT pg_terminate_backend(\(int32: first))"))
        }
        #expect(try await eventually { try await !TestPostgres.hasBackend(first) })
        #expect(try await pool.queryOne(processID) != first)
        #expect(closed.withLock { $0 } == 1)
        await pool.close()
    }

    @Test(arguments: [(Duration.zero, ["one", "health check", "one"]), (.seconds(3_600), ["one", "one"])])
    func longIdleConnectionMustAnswerFirst(healthCheckAfterIdle: Duration, expected: [String]) async throws {
        let statements = Locked<[String]>([])
        let pool = try pool(.init(maximum: 1, healthCheckAfterIdle: healthCheckAfterIdle)) { observation in
            if case .statement(let statement) = observation { statements.withLock { $0.append(statement.name) } }
        }
        _ = try await pool.queryOne(one)
        _ = try await pool.queryOne(one)
        #expect(statements.withLock { $0 } == expected)
        await pool.close()
    }

    @Test func aSuspectedConnectionMustAnswerFirstHoweverShortTheTime() async throws {
        let statements = Locked<[String]>([])
        let pool = try pool(.init(maximum: 1, healthCheckAfterIdle: .seconds(3_600))) { observation in
            if case .statement(let statement) = observation { statements.withLock { $0.append(statement.name) } }
        }
        _ = try await pool.queryOne(one)
        pool.suspectIdle()
        _ = try await pool.queryOne(one)
        // It has answered.
        _ = try await pool.queryOne(one)
        #expect(statements.withLock { $0 } == ["one", "health check", "one", "one"])
        await pool.close()
    }

    @Test func idleConnectionsAreClosedDownToTheMinimum() async throws {
        let pool = try pool(.init(minimum: 1, maximum: 4, idleTimeout: .milliseconds(100), maxLifetime: .seconds(60)))
        let wereFour = Locked(false)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await pool.withConnection { _ in
                        try await eventually {
                            if pool.statistics.open == 4 { wereFour.withLock { $0 = true } }
                            return wereFour.withLock { $0 }
                        }
                    }
                }
            }
            for try await wasFour in group { #expect(wasFour) }
        }
        #expect(try await eventually { pool.statistics.figures == [1, 1, 0] })
        await pool.close()
    }

    @Test func oldConnectionsAreClosed() async throws {
        let pool = try pool(.init(maximum: 1, maxLifetime: .zero))
        let first = try await pool.queryOne(processID)
        #expect(try await pool.queryOne(processID) != first)
        await pool.close()
    }

    @Test func minimumIsOpenedInTheBackground() async throws {
        let pool = try pool(.init(minimum: 2, maximum: 4))
        #expect(try await eventually { pool.statistics.idle == 2 })
        await pool.close()
        #expect(pool.statistics.figures == [0, 0, 0])
    }

    @Test func closingRefusesNewLeasesAndWaitsForTheOldOnes() async throws {
        let pool = try pool(.init(maximum: 1, waitTimeout: .seconds(600)))
        let isReturned = Locked(false)
        let closer = try await pool.withConnection { connection async throws in
            let waiter = Task { try await pool.queryOne(one) }
            #expect(try await eventually { pool.statistics.waiting == 1 })
            let closer = Task {
                await pool.close()
                return isReturned.withLock { $0 }
            }
            #expect(await postgresError { try await waiter.value }?.kind == .closed)
            #expect(await postgresError { try await pool.queryOne(one) }?.kind == .closed)
            #expect(try await connection.queryOne(one) == 1)
            isReturned.withLock { $0 = true }
            return closer
        }
        #expect(await closer.value)
        #expect(pool.statistics.open == 0)
    }

    @Test func observationsNameStatementsAndErrors() async throws {
        let seen = Locked<[(String, SQLState?)]>([])
        let pool = try pool(.init()) { observation in
            if case .statement(let s) = observation { seen.withLock { $0.append((s.name, s.error?.sqlState)) } }
        }
        _ = try await pool.queryOne(one)
        _ = await postgresError { try await pool.execute(Statement("bad", "SELECT 1/0")) }
        #expect(seen.withLock { $0.map(\.0) } == ["one", "bad"])
        #expect(seen.withLock { $0.last?.1?.rawValue } == "22012")
        await pool.close()
    }
}
