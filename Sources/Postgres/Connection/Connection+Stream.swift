extension Connection {
    /// Runs a statement and hands its rows to `body` in chunks of at most `chunk`, as they arrive: the next chunk is
    /// not read before `body` has returned, and a chunk ends with the row that takes it over 1 MiB, so a result of any
    /// size takes bounded memory. The connection cannot be used for anything else meanwhile. If `body` throws, the
    /// statement is cancelled and the error passed on.
    /// - Parameter timeout: How long to wait for the server at a stretch, not counting the time `body` takes.
    public func forEach<Output>(
        _ statement: Statement<Output>, chunk: Int = 1000, timeout: Duration? = nil,
        _ body: @Sendable ([Output]) async throws -> Void
    ) async throws {
        try await operate(statement.name, timeout: timeout) {
            try session.startStream(sql: statement.sql, parameters: statement.parameters)
            while case let rows = try session.nextChunk(of: statement, limit: max(1, chunk)), !rows.isEmpty {
                try await body(rows)
                session.restartDeadline(timeout)
            }
        }
    }
}
