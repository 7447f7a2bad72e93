import Postgres
import Testing

@Suite(.gated) struct CopyOutTests {
    @Test func everyByteArrivesInChunksOfWholeRows() async throws {
        try await TestServer.withConnection { connection async throws in
            let chunks = Locked<[[UInt8]]>([])
            try await connection.copyOut("export", "COPY (SELECT * FROM generate_series(1, 50000)) TO STDOUT", chunkSize: 10_000) { chunk in
                chunks.withLock { $0.append(chunk) }
            }
            let all = chunks.withLock { $0 }
            #expect(all.count > 10)
            #expect(all.allSatisfy { $0.last == UInt8(ascii: "\n") && $0.count < 11_000 })
            #expect(String(decoding: all.joined(), as: UTF8.self) == (1...50000).map { "\($0)\n" }.joined())
        }
    }

    @Test func emptyResultCallsNothing() async throws {
        try await TestServer.withConnection { connection async throws in
            let calls = Locked(0)
            try await connection.copyOut("export", "COPY (SELECT WHERE false) TO STDOUT") { _ in calls.withLock { $0 += 1 } }
            #expect(calls.withLock { $0 } == 0)
        }
    }

    @Test func throwingBodyStopsTheExport() async throws {
        struct Enough: Error {}
        try await TestServer.withConnection { connection async throws in
            await #expect(throws: Enough.self) {
                try await connection.copyOut("export", "COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") { _ in throw Enough() }
            }
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    @Test func slowBodyHoldsTheServerBack() async throws {
        try await TestServer.withConnection { connection async throws in
            let backend = try await connection.backend()
            await #expect(throws: HeldBack.self) {
                try await connection.copyOut("export", "COPY (SELECT repeat('x', 4000) || generate_series(1, 1000000)) TO STDOUT") { _ in
                    try await waitUntilHeldBack(backend)
                    throw HeldBack()
                }
            }
        }
    }

    @Test func serverErrorInTheMiddleIsThrown() async throws {
        try await TestServer.withConnection { connection async throws in
            let error = await postgresError {
                try await connection.copyOut("export", "COPY (SELECT 1 / (n - 50000) FROM generate_series(1, 100000) n) TO STDOUT") { _ in }
            }
            #expect(error?.sqlState?.rawValue == "22012")
            #expect(error?.statementName == "export")
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }

    @Test func wrongStatementIsRefused() async throws {
        try await TestServer.withConnection { connection async throws in
            #expect(await postgresError { try await connection.copyOut("c", "SELECT 1") { _ in } }?.kind == .protocolViolation)
            #expect(try await connection.queryOne(Statement("after", "SELECT 1") { try $0.int64(0) }) == 1)
        }
    }
}
