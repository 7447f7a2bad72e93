extension Connection {
    /// Sends all statements at once and waits once. Outside of a transaction they are one: the first error undoes all,
    /// and is thrown under its statement's name. Returns how many rows each touched.
    @discardableResult
    public func pipeline(_ statements: [Statement<Void>], timeout: Duration? = nil) async throws -> [Int] {
        let steps = statements.map { Session.Step(name: $0.name, sql: $0.sql, parameters: $0.parameters) }
        return try await run(steps, timeout: timeout).map(\.affectedRows)
    }

    /// Sends several statements at once and waits once, returning the rows of each.
    public func pipeline<each Output>(
        _ statement: repeat Statement<each Output>, timeout: Duration? = nil
    ) async throws -> sending (repeat [each Output]) {
        var steps: [Session.Step] = []
        for statement in repeat each statement {
            steps.append(Session.Step(name: statement.name, sql: statement.sql, parameters: statement.parameters))
        }
        var results = try await run(steps, timeout: timeout).makeIterator()
        return (repeat try (results.next()?.decode(each statement) ?? []))
    }

    private func run(_ steps: [Session.Step], timeout: Duration?) async throws -> [ResultSet] {
        try await perform(steps.map(\.name).joined(separator: ", "), timeout: timeout) { session in try session.runPipeline(steps) }
    }
}
