extension Connection {
    /// Runs `COPY … FROM STDIN` and returns how many rows it brought.
    ///
    /// `body` writes the data; it runs on the connection's thread, so `writer.write` is an ordinary call. If `body`
    /// throws, the server undoes the COPY and the error is passed on.
    /// - Parameter timeout: How long to wait for the server at a stretch, not counting the time `body` takes.
    @discardableResult
    public func copyIn(
        _ name: String, _ copySQL: String, timeout: Duration? = nil,
        _ body: nonisolated(nonsending) (CopyWriter) async throws -> Void
    ) async throws -> Int {
        try await operate(name, timeout: timeout) {
            try session.startCopyIn(copySQL)
            return try await copy(timeout, body)
        }
    }

    private func copy(
        _ timeout: Duration?, _ body: nonisolated(nonsending) (CopyWriter) async throws -> Void
    ) async throws -> Int {
        let writer = CopyWriter(session: session, timeout: timeout)
        session.throwsWhenInterrupted = true
        do {
            try await body(writer)
            try writer.flush()
            if let failure = writer.failure { throw failure }
        } catch {
            session.abandonCopyIn()
            throw error
        }
        session.restartDeadline(timeout)
        return try session.finishCopyIn()
    }
}
