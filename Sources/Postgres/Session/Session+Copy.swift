import CLibPQ

extension Session {
    /// Sends a `COPY … FROM STDIN` and waits until the server takes data.
    func startCopyIn(_ sql: String) throws(PostgresError) {
        // The extended protocol takes a single statement only.
        try encoder.encode([], statement: statement)
        try send(sql)
        try flush()
        guard let result = try nextResult() else { throw libpqError(.connection) }
        if result.status == PGRES_COPY_IN { return }
        if result.isError {
            discardResults()
            throw failure(result, [])
        }
        if result.isCopy { abort() } else { discardResults() }
        throw PostgresError(.protocolViolation, "this is no COPY … FROM STDIN", statementName: statement)
    }

    /// Hands data to libpq and waits until the system has taken it.
    func putCopyData(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) {
        if interruption == nil, control.isCancelRequested { throw interrupted(.cancelled) }
        let sent = PQputCopyData(
            try live(), bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count))
        guard sent == 1 else { throw copyFailure() }
        try flush()
        if isLost { throw copyFailure() }
    }

    /// Ends a COPY IN well and returns how many rows it brought.
    func finishCopyIn() throws(PostgresError) -> Int {
        throwsWhenInterrupted = false
        guard PQputCopyEnd(try live(), nil) == 1 else { throw copyFailure() }
        return try collect([]).affectedRows
    }

    /// Ends a COPY IN so that the server undoes it.
    func abandonCopyIn() {
        throwsWhenInterrupted = false
        guard let connection else { return }
        if interruption == nil { deadline = Deadline(in: Self.grace) }
        if PQputCopyEnd(connection, "given up by the client") == 1 { discardResults() } else { abort() }
    }

    /// The reason why data cannot be written any more: the server's last words, if it had any.
    private func copyFailure() -> PostgresError {
        let error = libpqError(.connection)
        close()
        return error
    }
}
