/// Single statements and transactions on a leased connection; see the methods of the same names in `Connection`.
extension Pool {
    /// Runs a statement and decodes all its rows.
    public nonisolated(nonsending) func query<Output>(
        _ statement: Statement<Output>, timeout: Duration? = nil
    ) async throws -> [Output] {
        try await withConnection { try await $0.query(statement, timeout: timeout) }
    }

    /// Runs a statement that returns exactly one row; throws `.rowCount` for any other number.
    public nonisolated(nonsending) func queryOne<Output>(
        _ statement: Statement<Output>, timeout: Duration? = nil
    ) async throws -> Output {
        try await withConnection { try await $0.queryOne(statement, timeout: timeout) }
    }

    /// Runs a statement that returns at most one row; throws `.rowCount` for more.
    public nonisolated(nonsending) func queryOptional<Output>(
        _ statement: Statement<Output>, timeout: Duration? = nil
    ) async throws -> Output? {
        try await withConnection { try await $0.queryOptional(statement, timeout: timeout) }
    }

    /// Runs a statement for its effect and returns how many rows it touched.
    @discardableResult
    public nonisolated(nonsending) func execute(
        _ statement: Statement<Void>, timeout: Duration? = nil
    ) async throws -> Int {
        try await withConnection { try await $0.execute(statement, timeout: timeout) }
    }

    /// Sends several statements at once, as one unit, and waits once.
    @discardableResult
    public nonisolated(nonsending) func pipeline(
        _ statements: [Statement<Void>], timeout: Duration? = nil
    ) async throws -> [Int] {
        try await withConnection { try await $0.pipeline(statements, timeout: timeout) }
    }

    /// Sends several statements at once and waits once, returning the rows of each.
    public nonisolated(nonsending) func pipeline<each Output>(
        _ statement: repeat Statement<each Output>, timeout: Duration? = nil
    ) async throws -> sending (repeat [each Output]) {
        try await withConnection { try await $0.pipeline(repeat each statement, timeout: timeout) }
    }

    /// Runs `body` in a transaction. One that cannot write because its connection leads to a standby is run once more on a new
    /// connection: after a failover the way may lead to the primary again.
    @discardableResult
    public nonisolated(nonsending) func transaction<Output: Sendable>(
        isolation: IsolationLevel = .readCommitted, readOnly: Bool = false, retries: Int = 0,
        _ body: @Sendable (isolated Connection) async throws -> Output
    ) async throws -> Output {
        do {
            return try await withConnection { try await $0.transaction(isolation: isolation, readOnly: readOnly, retries: retries, body) }
        } catch let error as PostgresError where error.tellsOfReadOnlySession && !readOnly {
            return try await withConnection { try await $0.transaction(isolation: isolation, readOnly: readOnly, retries: retries, body) }
        }
    }
}
