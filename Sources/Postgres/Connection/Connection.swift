import CLibPQ

/// One connection to Postgres.
///
/// An actor on a thread of its own: libpq blocks that thread and never one of Swift's pool. Inside a closure that is
/// isolated to the connection, statements run without changing threads.
/// A connection does one thing at a time: while a stream, COPY or statement is under way, another call throws
/// `.protocolViolation`. It is closed by `close()` or when the last reference is gone.
///
/// A cancelled task stops its statement on the server too, and the call throws `.cancelled`; if the statement had
/// finished already, its result is returned all the same.
public actor Connection {
    nonisolated let thread: ConnectionThread
    nonisolated let control: OperationControl
    let session: Session
    let observe: (@Sendable (StatementObservation) -> Void)?
    var isInTransaction = false

    /// The server process that serves this connection, as in `pg_stat_activity.pid` (a connection pooler makes it up).
    public nonisolated let processID: Int32
    /// The server's version as a number, e.g. 150004 for 15.4.
    public nonisolated let serverVersion: Int
    /// Whether the connection is encrypted with TLS.
    public nonisolated let isTLS: Bool
    /// Whether the session began with `ConnectionOptions.settings`; false where a pooler took none.
    public nonisolated let hasSettings: Bool

    /// The connection's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(session: sending Session, thread: ConnectionThread, observe: (@Sendable (StatementObservation) -> Void)?) {
        self.thread = thread
        self.observe = observe
        control = session.control
        processID = session.processID
        serverVersion = session.serverVersion
        isTLS = session.isTLS
        hasSettings = session.hasSettings
        self.session = session
    }

    deinit { thread.stop() }

    /// Connects. Throws `.configuration` for a malformed connection string, `.timeout`, `.cancelled`, and otherwise
    /// `.connection`, with `sqlState` when the server refused; also what `ConnectionOptions.password` throws.
    public static func connect(_ options: ConnectionOptions) async throws(PostgresError) -> Connection {
        try await connect(options, observe: nil)
    }

    static func connect(
        _ options: ConnectionOptions, observe: (@Sendable (StatementObservation) -> Void)?
    ) async throws(PostgresError) -> Connection {
        let deadline = Deadline(in: options.connectTimeout)
        let password = try await options.askForPassword()
        guard let pipe = WakePipe() else { throw PostgresError(.connection, "no file descriptor is left to connect with") }
        guard let thread = ConnectionThread.start() else { throw PostgresError(.connection, "no thread is left to connect with") }
        let control = OperationControl(wakePipe: pipe)
        let connector = Connector(thread: thread)
        guard let ticket = control.begin() else { throw PostgresError(.protocolViolation, "the connection is in use") }
        let result = await withTaskCancellationHandler {
            await connector.connect(options, password, deadline, control, ticket, observe)
        } onCancel: {
            control.cancel(ticket)
        }
        return try result.get()
    }

    /// Closes the connection; whatever is used afterwards throws `.closed`.
    public func close() async { session.close() }
}

/// Makes connections on the thread they are going to live on.
private actor Connector {
    private nonisolated let thread: ConnectionThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(thread: ConnectionThread) { self.thread = thread }

    func connect(
        _ options: ConnectionOptions, _ password: String?, _ deadline: Deadline, _ control: OperationControl,
        _ ticket: OperationControl.Ticket, _ observe: (@Sendable (StatementObservation) -> Void)?
    ) -> Result<Connection, PostgresError> {
        do throws(PostgresError) {
            let session = try Session.connect(options, password: password, by: deadline, control: control)
            control.end(ticket, condition: .ready)
            return .success(Connection(session: session, thread: thread, observe: observe))
        } catch {
            thread.stop()
            return .failure(options.explained(error))
        }
    }
}
