/// Runs `body` for as long as a request may take, and cancels it then. What `body` brings to an end all the same, because a
/// commit cannot be taken back, is its value: nobody is asked to send again what has an answer.
///
/// - Throws: `Problem` with the code `timeout` when time is up, or what `body` throws.
func withTimeBudget<Value: Sendable>(
    _ budget: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: budget)
            return nil
        }
        defer { group.cancelAll() }
        if let value = try await group.next() ?? nil { return value }
        group.cancelAll()
        if let value = try? await group.next() ?? nil { return value }
        throw Problem(.timeout, "The request took too long and was given up; send it again.")
    }
}
