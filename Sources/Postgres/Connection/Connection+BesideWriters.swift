extension Connection {
    /// Runs `body` in a transaction that wants rows or tables which others are writing.
    ///
    /// It waits for each lock only so long. Then, or when Postgres rolls it back for the sake of another transaction, it lets go of all
    /// that it has, so that whoever queued behind it passes, and starts over.
    ///
    /// - Parameters:
    ///   - lockTimeout: how long it waits for a lock; at least a millisecond.
    ///   - tries: how often `body` may be run altogether.
    ///   - willTryAgain: called before each further try.
    /// - Throws: what `body` throws, and what made the last try fail.
    @discardableResult
    public func transaction<Output: Sendable>(
        besideWriters lockTimeout: Duration, tries: Int, willTryAgain: @Sendable () async -> Void = {},
        _ body: @Sendable (isolated Connection) async throws -> Output
    ) async throws -> Output {
        let milliseconds = max(1, lockTimeout.components.seconds * 1_000 + lockTimeout.components.attoseconds / 1_000_000_000_000_000)
        let patience = Statement<Void>("lock-timeout", "SET LOCAL lock_timeout = '\(unescaped: "\(milliseconds)")ms'")
        var attempt = 1
        while true {
            do {
                return try await transaction { connection in
                    try await connection.execute(patience)
                    return try await body(connection)
                }
            } catch let error as PostgresError where error.isConflict && attempt < tries {
                await willTryAgain()
                // Long enough for those who waited to get through.
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(50 << min(attempt, 6)))))
                attempt += 1
            }
        }
    }
}

extension PostgresError {
    /// Whether another transaction stood in the way: the same work may succeed when that has ended.
    fileprivate var isConflict: Bool {
        sqlState == .lockNotAvailable || sqlState == .serializationFailure || sqlState == .deadlockDetected
    }
}
