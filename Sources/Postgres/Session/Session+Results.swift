import CLibPQ

extension Session {
    /// Flushes, reads every result of what was sent, and returns the last one; throws the first error among them, after
    /// all were read.
    func collect(_ parameters: [Parameter]) throws(PostgresError) -> ResultSet {
        try flush()
        var last: ResultSet?
        var failed: ResultSet?
        var isCopy = false
        while let result = try nextResult() {
            if result.isCopy { isCopy = true }
            try leaveCopy(result.status)
            if result.isError { failed = failed ?? result } else { last = result }
        }
        if isCopy { throw misplacedCopy }
        if let failed { throw failure(failed, parameters) }
        guard let last else { throw libpqError(.connection) }
        return last
    }

    /// COPY moves data in a way of its own, which the other functions do not provide for.
    var misplacedCopy: PostgresError {
        PostgresError(.protocolViolation, "COPY needs copyIn", statementName: statement)
    }

    /// The next result of what was sent, nil after the last one.
    func nextResult() throws(PostgresError) -> ResultSet? {
        let connection = try live()
        while !isLost, PQisBusy(connection) == 1 { try wait() }
        if isLost, PQstatus(connection) == CONNECTION_OK {
            // PQgetResult would block: libpq hopes for more input, but reading failed.
            let error = libpqError(.connection)
            close()
            throw error
        }
        return PQgetResult(connection).map(ResultSet.init)
    }

    /// The error to throw for a failed result, once all results have been read.
    func failure(_ result: ResultSet, _ parameters: [Parameter]) -> PostgresError {
        let broken = isLost || connection.map { PQstatus($0) != CONNECTION_OK } ?? true
        var error = result.error(broken ? .connection : .server, statement: statement, parameters: parameters)
        if error.sqlState == .insufficientPrivilege { error.role = connection.flatMap { PQuser($0) }.map { String(cString: $0) } }
        guard let interruption, error.sqlState == .queryCanceled else { return error }
        var reason = interrupted(interruption.reason)
        reason.sqlState = error.sqlState
        return reason
    }

    /// Stops whatever is running on the server and reads what is left of it; closes the connection when the server does
    /// not answer in time.
    func abort() {
        if interruption == nil {
            interruption = (.cancelled, cancelRequest.send(waking: control.wakePipe))
            deadline = Deadline(in: Self.grace)
        }
        throwsWhenInterrupted = false
        discardResults()
    }

    /// Reads what is left of the results; closes the connection when that fails.
    func discardResults() {
        do throws(PostgresError) {
            try flush()
            while let result = try nextResult() { try leaveCopy(result.status) }
        } catch {
            close()
        }
    }

    /// Ends a COPY that was unexpected or was abandoned.
    private func leaveCopy(_ status: ExecStatusType) throws(PostgresError) {
        switch status {
        case PGRES_COPY_IN:
            guard PQputCopyEnd(try live(), "given up by the client") == 1 else { throw libpqError(.connection) }
            try flush()
        case PGRES_COPY_OUT:
            while try dropCopyData() {}
        case PGRES_COPY_BOTH:
            close()
        default: break
        }
    }

    /// Drops the next piece of a COPY OUT; false after the last one.
    private func dropCopyData() throws(PostgresError) -> Bool {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(try live(), &buffer, 1)
            defer { PQfreemem(buffer) }
            switch count {
            case 1...: return true
            case 0 where !isLost: try wait()
            case -1: return false
            default:
                isLost = isLost || count == 0
                throw libpqError(.connection)
            }
        }
    }
}
