extension Connection {
    /// Runs `body` in a transaction that needs locks on rows or tables in use, with a lock timeout and retries.
    ///
    /// On a lock timeout, a deadlock or a serialization failure it rolls back, which releases its locks to the sessions queued behind it,
    /// and starts over after a random backoff.
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
        let milliseconds = max(1, Int(lockTimeout / .milliseconds(1)))
        let setTimeout = Statement<Void>("lock-timeout", "SET LOCAL lock_timeout = '\(number: milliseconds)ms'")
        var attempt = 1
        while true {
            do {
                return try await transaction { connection in
                    try await connection.execute(setTimeout)
                    return try await body(connection)
                }
            } catch let error as PostgresError where error.isConflict && attempt < tries {
                await willTryAgain()
                // Exponential backoff with jitter, long enough for queued sessions to take the locks.
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
