import CLibPQ

extension Session {
    /// Connects, blocking the calling thread until it is done, fails, is cancelled or `deadline` has passed.
    /// (Only looking up the host's name cannot be interrupted: the system's resolver does not allow it.)
    ///
    /// - Parameter password: nil leaves it to the connection string and libpq's files.
    static func connect(
        _ options: ConnectionOptions, password: String?, by deadline: Deadline, control: OperationControl
    ) throws(PostgresError) -> Session {
        guard let target = ConnectionTarget(conninfo: options.conninfo) else { throw malformed(options) }
        var parameters = StartupParameters(options: options, target: target, password: password, sendsSettings: false)
        // The options of a service file would be lost behind ours.
        guard !options.settings.isEmpty, !target.namesService else { return try connect(parameters, deadline, control) }
        parameters.sendsSettings = true
        do throws(PostgresError) {
            return try connect(parameters, deadline, control)
        } catch  where error.refusesSettings {
            parameters.sendsSettings = false
            return try connect(parameters, deadline, control)
        }
    }

    private static func connect(
        _ parameters: StartupParameters, _ deadline: Deadline, _ control: OperationControl
    ) throws(PostgresError) -> Session {
        let target = parameters.target
        guard let connection = start(parameters.list) else {
            throw PostgresError(.connection, "could not connect to Postgres at \(target.address): out of memory")
        }
        do throws(PostgresError) {
            try finish(connection, deadline, control, target)
            guard PQsetnonblocking(connection, 1) == 0, let cancelRequest = CancelRequest(connection) else {
                throw PostgresError(.connection, "could not connect to Postgres at \(target.address): out of memory")
            }
            PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
            return Session(
                connection, control: control, cancelRequest: cancelRequest, options: parameters.options,
                hasSettings: parameters.sendsSettings)
        } catch {
            PQfinish(connection)
            throw error
        }
    }

    private static func start(_ parameters: [(keyword: String, value: String)]) -> OpaquePointer? {
        withCStrings(parameters.map(\.keyword)) { keywords in
            withCStrings(parameters.map(\.value)) { values in
                PQconnectStartParams(keywords, values, 1)
            }
        }
    }

    private static func finish(
        _ connection: OpaquePointer, _ deadline: Deadline, _ control: OperationControl, _ target: ConnectionTarget
    ) throws(PostgresError) {
        guard PQstatus(connection) != CONNECTION_BAD else { throw failure(connection, target) }
        // Without it libpq prints notices to the standard error stream.
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        // Makes libpq put the SQLSTATE into its message, which is the only place it puts it while connecting.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        var step = PGRES_POLLING_WRITING
        while step != PGRES_POLLING_OK {
            if control.isCancelRequested { throw PostgresError(.cancelled, "connecting to \(target.address) was cancelled") }
            let events = step == PGRES_POLLING_READING ? Poll.reading : Poll.writing
            let ready = Poll.wait(
                PQsocket(connection), events, control.wakePipe.readEnd, timeout: deadline.pollTimeout)
            if ready.isWoken { control.wakePipe.drain() }
            if ready.isTimeout {
                throw PostgresError(.timeout, "could not connect to Postgres at \(target.address): it took too long")
            }
            guard ready.socket != 0 else { continue }
            step = PQconnectPoll(connection)
            if step == PGRES_POLLING_FAILED { throw failure(connection, target) }
        }
    }

    private static func failure(_ connection: OpaquePointer, _ target: ConnectionTarget) -> PostgresError {
        ConnectFailure(libpqMessage: String(cString: PQerrorMessage(connection)), target: target).error
    }

    private static func malformed(_ options: ConnectionOptions) -> PostgresError {
        var reason: UnsafeMutablePointer<CChar>?
        if let parsed = PQconninfoParse(options.conninfo, &reason) { PQconninfoFree(parsed) }
        defer { PQfreemem(reason) }
        // What libpq quotes may be a part of the password.
        let text = reason.map { Redaction.withoutQuotedText(String(cString: $0).singleLine) } ?? "out of memory"
        return PostgresError(.configuration, "the connection string is malformed: \(text)")
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        var storage: [CChar] = []
        var offsets: [Int] = []
        for string in strings {
            offsets.append(storage.count)
            storage.append(contentsOf: string.utf8CString)
        }
        return storage.withUnsafeBufferPointer { characters in
            let pointers = offsets.map { characters.baseAddress?.advanced(by: $0) } + [nil]
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
