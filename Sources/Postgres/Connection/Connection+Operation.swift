extension Connection {
    /// One use of the session, from `begin` to `end`.
    struct Operation {
        let ticket: OperationControl.Ticket
        let name: String
        let start: ContinuousClock.Instant?
    }

    /// Runs `work` on the session; cancelling the calling task interrupts it.
    func perform<Result>(
        _ name: String, timeout: Duration?, isShielded: Bool = false, _ work: (Session) throws -> Result
    ) async throws -> Result {
        try await operate(name, timeout: timeout, isShielded: isShielded) { try work(session) }
    }

    /// The frame of every use of the session: `work` runs between `begin` and `end`, cancelling the calling task interrupts it, and what
    /// it leaves unfinished when it throws is stopped on the server too.
    func operate<Result>(
        _ name: String, timeout: Duration?, isShielded: Bool = false, _ work: () async throws -> Result
    ) async throws -> Result {
        let operation = try begin(name)
        let control = control
        return try await withTaskCancellationHandler {
            do {
                try session.start(name, timeout: timeout, isShielded: isShielded)
                let result = try await work()
                end(operation, error: nil)
                return result
            } catch {
                if !session.isQuiet { session.abort() }
                end(operation, error: error)
                throw error
            }
        } onCancel: {
            control.cancel(operation.ticket)
        }
    }

    private func begin(_ name: String) throws(PostgresError) -> Operation {
        if session.connection == nil { throw PostgresError(.closed, "the connection is closed", statementName: name) }
        guard let ticket = control.begin() else {
            throw PostgresError(.protocolViolation, "the connection is in use by another statement", statementName: name)
        }
        return Operation(ticket: ticket, name: name, start: observe == nil ? nil : .now)
    }

    /// Leaves the session ready for the next statement, or closed.
    private func end(_ operation: Operation, error: (any Error)?) {
        session.settleInterruption()
        if (error as? PostgresError)?.tellsOfReadOnlySession == true { control.foundReadOnly() }
        let condition = session.condition
        if condition == .closed { session.close() }
        control.end(operation.ticket, condition: condition)
        guard let observe, let start = operation.start else { return }
        let reason = error.map {
            $0 as? PostgresError ?? PostgresError(.cancelled, "given up by the caller", statementName: operation.name)
        }
        observe(StatementObservation(name: operation.name, duration: .now - start, error: reason))
    }
}
