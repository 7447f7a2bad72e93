import Foundation
import Postgres
import Testing

/// Connections whose other end stands still, or has gone without a word, while nobody used them.
@Suite(.gated) struct DeadConnectionTests {
    private static let long = Duration.seconds(600)
    private let processID = Statement("pid", "SELECT pg_backend_pid()") { try $0.int32(0) }

    private func frozenPool(
        _ options: Pool.Options, _ body: (Pool, _ frozen: Set<Int32>, _ closed: Locked<Int>) async throws -> Void
    ) async throws {
        let closed = Locked(0)
        // Whoever waited for the time-out of a statement would wait for minutes.
        let connection = ConnectionOptions(
            conninfo: try PrivateServer.shared.get().conninfo, connectTimeout: Self.long, statementTimeout: Self.long)
        let pool = Pool(connection, options: options) { observation in
            if case .closed(_, .broken) = observation { closed.withLock { $0 += 1 } }
        }
        let frozen = try await processes(of: pool, count: options.maximum)
        #expect(frozen.count == options.maximum)
        for process in frozen { kill(process, SIGSTOP) }
        defer { for process in frozen { kill(process, SIGCONT) } }
        try await body(pool, frozen, closed)
        await pool.close()
    }

    /// The backends of as many connections, leased at once.
    private func processes(of pool: Pool, count: Int) async throws -> Set<Int32> {
        let leased = Locked(0)
        return try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await pool.withConnection { connection in
                        leased.withLock { $0 += 1 }
                        _ = try await eventually { leased.withLock { $0 } == count }
                        return try await connection.queryOne(processID)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.insert($1) }
        }
    }

    /// Two seconds for the answer, and a new connection; not the time-out of the statement, nor that of cancelling it.
    @Test func aLeaseReplacesASilentConnectionInTime() async throws {
        try await frozenPool(.init(maximum: 2, healthCheckAfterIdle: .zero)) { pool, frozen, closed in
            let start = ContinuousClock.now
            let process = try await pool.queryOne(processID)
            let took = ContinuousClock.now - start
            #expect(!frozen.contains(process))
            #expect(took >= .seconds(2) && took < Self.long)
            // The others are not waited for: they were idle for as long.
            #expect(closed.withLock { $0 } == 2)
            #expect(pool.statistics.figures == [1, 1, 0])
            #expect(try await processes(of: pool, count: 2).isDisjoint(with: frozen))
        }
    }

    /// As after a thaw by a clock that stood still meanwhile.
    @Test func suspectedConnectionsAreReplacedThoughTheyAreNotIdleForLong() async throws {
        let options = Pool.Options(maximum: 2, healthCheckAfterIdle: .seconds(3_600), healthCheckTimeout: .milliseconds(100))
        try await frozenPool(options) { pool, frozen, closed in
            pool.suspectIdle()
            let process = try await pool.queryOne(processID)
            #expect(!frozen.contains(process))
            #expect(closed.withLock { $0 } == 2)
        }
    }

    @Test func theTimeForTheAnswerCanBeSet() async throws {
        let options = Pool.Options(maximum: 1, healthCheckAfterIdle: .zero, healthCheckTimeout: .milliseconds(100))
        try await frozenPool(options) { pool, frozen, _ in
            let start = ContinuousClock.now
            let process = try await pool.queryOne(processID)
            #expect(!frozen.contains(process))
            #expect(ContinuousClock.now - start < Self.long)
        }
    }
}
