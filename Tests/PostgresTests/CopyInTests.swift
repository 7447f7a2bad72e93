import Postgres
import Testing

@Suite(.gated) struct CopyInTests {
    private let count = Statement("count", "SELECT count(*) FROM t") { try $0.int64(0) }
    private let copy = "COPY t FROM STDIN"

    private func withTable(_ body: (Connection) async throws -> Void) async throws {
        try await TestPostgres.withConnection { connection in
            try await connection.executeScript("CREATE TEMP TABLE t (id bigint PRIMARY KEY, name text)")
            try await body(connection)
        }
    }

    @Test func rowsArriveHoweverTheyAreCut() async throws {
        try await withTable { connection async throws in
            let copied = try await connection.copyIn("copy", copy) { writer in
                for id in 0..<1000 { try writer.write("\(id)\tname \(id)\n") }
                try writer.write(Array("1000\tna".utf8))
                try writer.write(Array("me ü\n".utf8))
                let big = String(repeating: "x", count: 1 << 20)
                try writer.write("1001\t\(big)\n1002\t")
                try writer.write("\\N\n")
            }
            #expect(copied == 1003)
            let name = Statement("name", "SELECT name FROM t WHERE id = 1000") { try $0.text(0) }
            #expect(try await connection.queryOne(name) == "name ü")
            #expect(try await connection.queryOne(Statement("long", "SELECT max(length(name)) FROM t") { try $0.int64(0) }) == 1 << 20)
        }
    }

    @Test func nothingWrittenCopiesNothing() async throws {
        try await withTable { connection async throws in
            #expect(try await connection.copyIn("copy", copy) { _ in } == 0)
        }
    }

    @Test func bodyMayWaitBetweenWrites() async throws {
        try await withTable { connection async throws in
            let copied = try await connection.copyIn("copy", copy) { writer in
                for id in 0..<5 {
                    await Task.yield()
                    try writer.write("\(id)\tx\n")
                }
            }
            #expect(copied == 5)
        }
    }

    @Test func throwingBodyUndoesTheCopy() async throws {
        struct Refusal: Error {}
        try await withTable { connection async throws in
            await #expect(throws: Refusal.self) {
                try await connection.copyIn("copy", copy) { writer in
                    for id in 0..<100_000 { try writer.write("\(id)\tname\n") }
                    throw Refusal()
                }
            }
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func badDataIsTheServersErrorAndUndoesAll() async throws {
        try await withTable { connection async throws in
            let error = await postgresError {
                try await connection.copyIn("people.copy", copy) { writer in
                    try writer.write("1\ta\nsecret-value\tb\n")
                    for id in 2..<100_000 { try writer.write("\(id)\tname\n") }
                }
            }
            #expect(error?.sqlState == .invalidTextRepresentation)
            #expect(error?.statementName == "people.copy")
            #expect(error.map { !"\($0)".contains("secret-value") } == true)
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func swallowedWriteErrorDoesNotEndTheCopyWell() async throws {
        try await TestPostgres.withConnection { connection async throws in
            try await connection.executeScript("CREATE TEMP TABLE t (id bigint, name text)")
            let task = Task {
                try await connection.copyIn("copy", copy) { writer in
                    try writer.write("1\ta\n")
                    withUnsafeCurrentTask { $0?.cancel() }
                    for id in 2..<200_000 { try? writer.write("\(id)\tname\n") }
                }
            }
            let error = await postgresError { try await task.value }
            #expect(error?.kind == .cancelled)
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func wrongStatementIsRefused() async throws {
        try await withTable { connection async throws in
            #expect(await postgresError { try await connection.copyIn("c", "SELECT 1") { _ in } }?.kind == .protocolViolation)
            #expect(await postgresError { try await connection.copyIn("c", "COPY t TO STDOUT") { _ in } }?.kind == .protocolViolation)
            #expect(await postgresError { try await connection.copyIn("c", "COPY nope FROM STDIN") { _ in } }?.sqlState == .undefinedTable)
            #expect(await postgresError { try await connection.execute(Statement("c", "COPY t FROM STDIN")) }?.kind == .protocolViolation)
            #expect(await postgresError { try await connection.execute(Statement("c", "COPY t TO STDOUT")) }?.kind == .protocolViolation)
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func cancelledTaskUndoesTheCopy() async throws {
        try await withTable { connection async throws in
            let written = Locked(0)
            let task = Task {
                try await connection.copyIn("copy", copy) { writer in
                    while true {
                        let id = written.withLock { $0 }
                        try writer.write("\(id)\tname\n")
                        written.withLock { $0 += 1 }
                    }
                }
            }
            #expect(try await eventually { written.withLock { $0 } > 10_000 })
            task.cancel()
            #expect(await postgresError { try await task.value }?.kind == .cancelled)
            #expect(try await connection.queryOne(count) == 0)
        }
    }

    @Test func backendKilledInTheMiddleIsALostConnection() async throws {
        try await withTable { connection async throws in
            let processID = Int64(connection.processID)
            let error = await postgresError {
                try await connection.copyIn("copy", copy) { writer in
                    try writer.write("1\ta\n")
                    try await TestPostgres.withConnection { other in
                        try await other.execute(Statement("kill", "SELECT pg_terminate_backend(\(int64: processID)::int)"))
                    }
                    for id in 2..<1_000_000 { try writer.write("\(id)\tname\n") }
                }
            }
            #expect(error?.kind == .connection)
            #expect(error?.isTransient == true)
            #expect(await postgresError { try await connection.queryOne(count) }?.kind == .closed)
        }
    }

    /// The server waits for a lock and takes nothing in: the writer must wait too, and memory stay bounded.
    @Test func stuckServerHoldsTheWriterBackUntilItsTimeout() async throws {
        try await TestPostgres.withConnection { connection async throws in
            try await connection.executeScript(
                """
                CREATE TEMP TABLE t (id bigint, name text);
                CREATE FUNCTION pg_temp.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(30); RETURN NEW; END';
                CREATE TRIGGER slow BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION pg_temp.slow();
                """)
            let before = residentBytes()
            let chunk = Array(String(repeating: "1\t\(String(repeating: "x", count: 1000))\n", count: 1000).utf8)
            let error = await postgresError {
                try await connection.copyIn("copy", copy, timeout: .milliseconds(300)) { writer in
                    for _ in 0..<2000 { try writer.write(chunk) }
                }
            }
            #expect(error?.kind == .timeout)
            #expect(residentBytes() - before < 200 << 20)
            #expect(try await connection.queryOne(count) == 0)
        }
    }
}

extension CopyWriter {
    fileprivate func write(_ text: String) throws { try write(Array(text.utf8)) }
}
