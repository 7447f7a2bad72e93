/// Nothing came to its end in time.
struct LateError: Error {}

/// Runs `body` for at most `limit`, and cancels it then.
///
/// - Throws: `LateError` when time is up, or what `body` throws.
func withTimeLimit<Value: Sendable>(_ limit: Duration, _ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw LateError()
        }
        guard let value = try await group.next() else { throw LateError() }
        return value
    }
}
