/// Work did not come to its end in time.
public struct TimeLimitError: Error, CustomStringConvertible {
    public let description = "its time was up"
}

/// Runs `body` for at most `limit`, and cancels it then. Returns when it has ended: work that does not listen to its cancellation goes on.
///
/// - Throws: `TimeLimitError` when time is up, or what `body` throws.
public func withTimeLimit<Value: Sendable>(_ limit: Duration, _ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw TimeLimitError()
        }
        guard let value = try await group.next() else { throw TimeLimitError() }
        return value
    }
}
