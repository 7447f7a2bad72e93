import CLibPQ

extension Session {
    /// Runs one statement and returns its result, once the server is ready for the next one.
    func run(sql: String, parameters: [Parameter]) throws(PostgresError) -> ResultSet {
        try encoder.encode(parameters, statement: statement)
        do throws(PostgresError) {
            return try runOnce(sql, parameters)
        } catch {
            guard error.asksToPrepareAgain else { throw error }
            mistrustPrepared(after: error)
            guard condition == .ready else { throw error }
            return try runOnce(sql, parameters)
        }
    }

    /// - Throws: also what asks to prepare again: then the statement was not run.
    private func runOnce(_ sql: String, _ parameters: [Parameter]) throws(PostgresError) -> ResultSet {
        if preparesStatements { try sendPrepared(sql) } else { try send(sql) }
        return try collect(parameters)
    }

    /// Sends the encoded parameters with a statement that is parsed, run and forgotten.
    func send(_ sql: String) throws(PostgresError) {
        let connection = try live()
        let sent = encoder.withArguments { arguments in
            PQsendQueryParams(
                connection, sql, arguments.count, arguments.types, arguments.values, arguments.lengths, arguments.formats, Self.binary)
        }
        guard sent == 1 else { throw libpqError(.protocolViolation) }
    }

    /// Sends the encoded parameters to a statement that is prepared now or was before.
    func sendPrepared(_ sql: String) throws(PostgresError) {
        if let name = prepared.name(sql: sql, oids: encoder.oids) { return try send(prepared: name) }
        try deallocateForgotten()
        let connection = try live()
        let name = prepared.newName()
        let sent = encoder.withArguments { PQsendPrepare(connection, name, sql, $0.count, $0.types) }
        guard sent == 1 else { throw libpqError(.protocolViolation) }
        _ = try collect([])
        if let evicted = prepared.insert(name, sql: sql, oids: encoder.oids) {
            try runScript("DEALLOCATE \(evicted)")
        }
        try send(prepared: name)
    }

    /// What was forgotten would stay in the server's memory until the session ends.
    func deallocateForgotten() throws(PostgresError) {
        guard prepared.hasForgotten else { return }
        try runScript("DEALLOCATE ALL")
        prepared.deallocated()
    }

    func send(prepared name: String) throws(PostgresError) {
        let connection = try live()
        let sent = encoder.withArguments { arguments in
            PQsendQueryPrepared(connection, name, arguments.count, arguments.values, arguments.lengths, arguments.formats, Self.binary)
        }
        guard sent == 1 else { throw libpqError(.protocolViolation) }
    }

    /// Runs any number of statements with the simple protocol; their rows are thrown away.
    func runScript(_ sql: String) throws(PostgresError) {
        guard PQsendQuery(try live(), sql) == 1 else { throw libpqError(.protocolViolation) }
        _ = try collect([])
    }

    private static let binary: Int32 = 1
}
