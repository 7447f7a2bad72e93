extension Connection {
    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// `body` is isolated to the connection, so its statements run without changing threads. A failed statement makes
    /// the transaction unusable even if `body` catches the error: committing then throws `.inFailedTransaction`.
    /// `ConnectionOptions.transactionBounds` go with it to the server.
    /// With prepared statements `body` may run a second time, when a plan no longer fits a table that was altered.
    /// - Parameter retries: How many times `body` may be run again after a serialization failure or a deadlock.
    @discardableResult
    public func transaction<Output: Sendable>(
        isolation: IsolationLevel = .readCommitted, readOnly: Bool = false, retries: Int = 0,
        _ body: @Sendable (isolated Connection) async throws -> Output
    ) async throws -> Output {
        var attempt = 0
        var preparesAnew = true
        while true {
            do {
                return try await attemptTransaction(isolation, readOnly, body)
            } catch let error as PostgresError where error.asksToPrepareAgain && preparesAnew {
                preparesAnew = false
            } catch let error as PostgresError where error.asksToRunTransactionAgain && attempt < retries {
                attempt += 1
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(4 << min(attempt, 6)))))
            }
        }
    }

    private func attemptTransaction<Output: Sendable>(
        _ isolation: IsolationLevel, _ readOnly: Bool, _ body: @Sendable (isolated Connection) async throws -> Output
    ) async throws -> Output {
        guard !isInTransaction else {
            throw PostgresError(.protocolViolation, "the connection is in a transaction already", statementName: "begin")
        }
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            try await perform(PostgresError.beginning, timeout: nil) { session in
                let bounds = session.options.transactionBounds.settings(serverVersion: session.serverVersion)
                try session.runScript("BEGIN ISOLATION LEVEL \(isolation.rawValue) \(readOnly ? "READ ONLY" : "READ WRITE"); \(bounds)")
            }
            let output = try await body(self)
            try await commit()
            return output
        } catch {
            await reset()
            throw error
        }
    }

    private func commit() async throws {
        let tag = try await perform("commit", timeout: nil, isShielded: true) { session in
            try session.run(sql: "COMMIT", parameters: []).commandTag
        }
        // Postgres answers COMMIT in a failed transaction with ROLLBACK and no error.
        guard tag == "COMMIT" else {
            throw PostgresError(
                .server, "the transaction was rolled back because a statement in it had failed",
                sqlState: .inFailedTransaction, statementName: "commit")
        }
    }

    /// Rolls an open transaction back; closes the connection when that cannot be done.
    func reset() async {
        guard session.condition == .inTransaction else { return }
        do {
            try await perform("rollback", timeout: Session.grace, isShielded: true) { session in
                try session.runScript("ROLLBACK")
            }
        } catch {
            session.close()
        }
    }
}

extension PostgresError {
    fileprivate var asksToRunTransactionAgain: Bool {
        sqlState == .serializationFailure || sqlState == .deadlockDetected
    }
}
