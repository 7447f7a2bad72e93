import Postgres
import Synchronization
import Testing

/// A transaction that wants what others have lets go, and starts over.
@Suite struct BesideWritersTests {
    /// Two connections, of which the first holds the one row of the table `t`.
    private func withHeldRow(_ body: (Connection, Connection) async throws -> Void) async throws {
        try await TestPostgres.withDatabase { options in
            let (holder, connection) = (try await Connection.connect(options), try await Connection.connect(options))
            try await holder.executeScript("CREATE TABLE t (x INT); INSERT INTO t VALUES (1)")
            try await holder.executeScript("BEGIN; SELECT FROM t FOR UPDATE")
            try await body(holder, connection)
            await holder.close()
            await connection.close()
        }
    }

    private let write = Statement<Void>("write", "UPDATE t SET x = x + 1")

    @Test func itLetsGoOfAllThatItHasAndStartsOver() async throws {
        try await withHeldRow { holder, connection async throws in
            let tries = Mutex(0)
            let written = try await connection.transaction(
                besideWriters: .milliseconds(20), tries: 100,
                willTryAgain: { await #expect(throws: Never.self) { try await holder.executeScript("COMMIT") } }
            ) { connection in
                tries.withLock { $0 += 1 }
                return try await connection.execute(write)
            }
            #expect(written == 1 && tries.withLock(\.self) == 2)
        }
    }

    @Test func afterItsLastTryItThrowsWhatStoodInItsWay() async throws {
        try await withHeldRow { _, connection async throws in
            let tries = Mutex(0)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction(besideWriters: .milliseconds(20), tries: 3) { connection in
                    tries.withLock { $0 += 1 }
                    try await connection.execute(write)
                }
            }
            #expect(error?.sqlState == .lockNotAvailable && tries.withLock(\.self) == 3)
            // The wait was of the transaction alone.
            let setting = Statement("setting", "SHOW lock_timeout", decode: { try $0.text(0) })
            #expect(try await connection.queryOne(setting) == "0")
        }
    }

    @Test func whatIsNoConflictIsThrownAtOnce() async throws {
        try await TestPostgres.withConnection { connection in
            let tries = Mutex(0)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction(besideWriters: .seconds(1), tries: 3) { connection in
                    tries.withLock { $0 += 1 }
                    try await connection.execute(Statement("bad", "SELECT 1 / 0"))
                }
            }
            #expect(error?.sqlState?.rawValue == "22012" && tries.withLock(\.self) == 1)
        }
    }
}
