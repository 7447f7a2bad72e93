import Postgres
import Testing

@Suite(.gated) struct StreamTests {
    private func series(_ count: Int64) -> Statement<Int64> {
        Statement("series", "SELECT generate_series(1, \(int64: count))") { try $0.int64(0) }
    }

    @Test(arguments: [0, 1, 99, 100, 101, 1000])
    func everyRowArrivesOnceInChunks(_ count: Int64) async throws {
        try await TestPostgres.withConnection { connection async throws in
            let seen = Locked<[[Int64]]>([])
            try await connection.forEach(series(count), chunk: 100) { rows in seen.withLock { $0.append(rows) } }
            let chunks = seen.withLock { $0 }
            #expect(chunks.flatMap(\.self) == Array(1...max(count, 1)).prefix(Int(count)).map(\.self))
            #expect(chunks.allSatisfy { !$0.isEmpty && $0.count <= 100 })
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    /// However long the rows are, a chunk has not many more bytes than 1 MiB.
    @Test func longRowsMakeShortChunks() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let chunks = Locked<[Int]>([])
            let long = Statement("long", "SELECT repeat('x', 600000) FROM generate_series(1, 7)") { try $0.text(0).utf8.count }
            try await connection.forEach(long) { rows in chunks.withLock { $0.append(rows.count) } }
            #expect(chunks.withLock { $0 } == [2, 2, 2, 1])
        }
    }

    @Test func throwingBodyStopsTheStatement() async throws {
        struct Enough: Error {}
        try await TestPostgres.withConnection { connection async throws in
            let chunks = Locked(0)
            await #expect(throws: Enough.self) {
                try await connection.forEach(series(1_000_000_000), chunk: 10) { _ in
                    if chunks.withLock({
                        $0 += 1; return $0
                    }) == 3 {
                        throw Enough()
                    }
                }
            }
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    @Test func slowBodyHoldsTheServerBack() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let backend = try await connection.backend()
            let wide = Statement("wide", "SELECT repeat('x', 4000) || generate_series(1, 1000000)") { try $0.text(0).utf8.count }
            await #expect(throws: HeldBack.self) {
                try await connection.forEach(wide, chunk: 100) { _ in
                    try await waitUntilHeldBack(backend)
                    throw HeldBack()
                }
            }
        }
    }

    @Test func errorInTheMiddleIsThrownAfterTheRowsBeforeIt() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let rows = Locked(0)
            let error = await postgresError {
                try await connection.forEach(
                    Statement("division", "SELECT 1 / (n - 5000) FROM generate_series(1, 10000) n") { try $0.int64(0) }, chunk: 100
                ) { chunk in rows.withLock { $0 += chunk.count } }
            }
            #expect(error?.sqlState?.rawValue == "22012")
            #expect(rows.withLock { $0 } >= 4900)
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    @Test func connectionIsBusyMeanwhile() async throws {
        try await TestPostgres.withConnection { connection async throws in
            try await connection.forEach(series(10)) { _ in
                let error = await postgresError { try await connection.execute(Statement("inner", "SELECT 1")) }
                #expect(error?.kind == .protocolViolation)
            }
        }
    }

    @Test func cancelledTaskStopsTheStream() async throws {
        try await TestPostgres.withConnection { connection async throws in
            let started = Locked(false)
            let task = Task {
                try await connection.forEach(series(1_000_000_000)) { _ in started.withLock { $0 = true } }
            }
            #expect(try await eventually { started.withLock { $0 } })
            task.cancel()
            #expect(await postgresError { try await task.value }?.kind == .cancelled)
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }
}
