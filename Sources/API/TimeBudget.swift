/// Runs `body` for as long as a request may take, and cancels it then.
///
/// - Throws: `Problem` with the code `timeout` when time is up, or what `body` throws.
func withTimeBudget<Value: Sendable>(
    _ budget: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: budget)
            throw Problem(.timeout, "The request took too long and was given up. Nothing was applied; send it again.")
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}
