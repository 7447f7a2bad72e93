extension Connection {
    /// Runs a statement and decodes all its rows. `timeout` takes the place of the connection's `statementTimeout`.
    public func query<Output>(_ statement: Statement<Output>, timeout: Duration? = nil) async throws -> [Output] {
        let result = try await run(statement, timeout: timeout)
        return try result.decode(statement)
    }

    /// Runs a statement that returns exactly one row; throws `.rowCount` for any other number.
    public func queryOne<Output>(_ statement: Statement<Output>, timeout: Duration? = nil) async throws -> Output {
        let result = try await run(statement, timeout: timeout)
        guard result.rowCount == 1 else { throw wrongCount(result, "one row", statement.name) }
        return try statement.decode(result.row(0, of: statement.name))
    }

    /// Runs a statement that returns at most one row; throws `.rowCount` for more.
    public func queryOptional<Output>(_ statement: Statement<Output>, timeout: Duration? = nil) async throws -> Output? {
        let result = try await run(statement, timeout: timeout)
        guard result.rowCount <= 1 else { throw wrongCount(result, "at most one row", statement.name) }
        return result.rowCount == 0 ? nil : try statement.decode(result.row(0, of: statement.name))
    }

    /// Runs a statement for its effect and returns how many rows it touched.
    @discardableResult
    public func execute(_ statement: Statement<Void>, timeout: Duration? = nil) async throws -> Int {
        try await run(statement, timeout: timeout).affectedRows
    }

    /// Runs any number of statements, separated by semicolons, in one implicit transaction unless the text says
    /// otherwise; their rows are thrown away. For migrations: the text must be the program's own.
    public func executeScript(_ sql: String, name: String = "script", timeout: Duration? = nil) async throws {
        try await perform(name, timeout: timeout) { session in try session.runScript(sql) }
    }

    private func run<Output>(_ statement: Statement<Output>, timeout: Duration?) async throws -> ResultSet {
        try await perform(statement.name, timeout: timeout) { session in
            try session.run(sql: statement.sql, parameters: statement.parameters)
        }
    }

    private func wrongCount(_ result: ResultSet, _ expected: String, _ name: String) -> PostgresError {
        PostgresError(.rowCount, "expected \(expected), got \(result.rowCount)", statementName: name)
    }
}

extension ResultSet {
    func decode<Output>(_ statement: Statement<Output>) throws -> [Output] {
        var rows: [Output] = []
        rows.reserveCapacity(rowCount)
        for index in 0..<rowCount { rows.append(try statement.decode(row(index, of: statement.name))) }
        return rows
    }
}
