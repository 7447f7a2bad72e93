import CLibPQ

/// One libpq connection and everything that blocks on it. Lives on its connection's thread and is never shared;
/// `control` is what the other threads see of it.
final class Session {
    /// nil once closed.
    private(set) var connection: OpaquePointer?
    let control: OperationControl
    let cancelRequest: CancelRequest
    let options: ConnectionOptions
    /// Whether the session began with `options.settings`.
    let hasSettings: Bool
    var encoder = ParameterEncoder()
    var prepared = PreparedStatements()
    /// Whether statements are prepared: until the session turns out to be shared with others.
    private(set) var preparesStatements: Bool

    /// The statement under way, for errors.
    var statement = ""
    var deadline: Deadline
    /// Why the statement under way was told to stop, and the request that told the server.
    var interruption: (reason: PostgresError.Kind, attempt: CancelRequest.Attempt)?
    /// Set when reading from or writing to the server failed; libpq keeps the reason for the next result.
    var isLost = false
    /// Task cancellation does not stop a ROLLBACK or COMMIT.
    var isShielded = false
    /// Whether the connection is given up when time is over, without asking the server to cancel what may not even have reached it.
    var isClosedAtDeadline = false
    /// During COPY IN an interruption must end the writing, not wait for a result the server has no reason to send.
    var throwsWhenInterrupted = false

    /// The parameters of the stream under way, to keep them out of errors.
    var streamParameters: [Parameter] = []

    /// How long the server may take to answer a cancel request before the connection is given up.
    static let grace = Duration.seconds(5)

    init(
        _ connection: OpaquePointer, control: OperationControl, cancelRequest: CancelRequest, options: ConnectionOptions, hasSettings: Bool
    ) {
        self.connection = connection
        self.control = control
        self.cancelRequest = cancelRequest
        self.options = options
        self.hasSettings = hasSettings
        preparesStatements = options.preparesStatements
        deadline = Deadline(in: options.statementTimeout)
        control.opened(socket: PQsocket(connection))
    }

    deinit { close() }

    func close() {
        guard let connection else { return }
        control.closed()
        self.connection = nil
        PQfinish(connection)
    }

    /// Takes note that what was prepared is in doubt. What somebody else took away, or has under the same name, says that a pooler shares the
    /// server's sessions between transactions: nothing is prepared any more.
    func mistrustPrepared(after error: PostgresError) {
        prepared.forget()
        guard error.tellsOfSharedSession else { return }
        preparesStatements = false
        control.foundShared()
    }

    var processID: Int32 { connection.map { PQbackendPID($0) } ?? 0 }
    var serverVersion: Int { connection.map { Int(PQserverVersion($0)) } ?? 0 }
    var isTLS: Bool { connection.map { PQsslInUse($0) == 1 } ?? false }

    /// The connection; throws `.closed` when there is none any more.
    func live() throws(PostgresError) -> OpaquePointer {
        guard let connection else {
            throw PostgresError(.closed, "the connection is closed", statementName: statement)
        }
        return connection
    }

    /// Readies the session for a statement; throws `.cancelled` before anything is sent.
    func start(_ statement: String, timeout: Duration?, isShielded: Bool = false) throws(PostgresError) {
        self.statement = statement
        self.isShielded = isShielded
        deadline = Deadline(in: timeout ?? options.statementTimeout)
        interruption = nil
        throwsWhenInterrupted = false
        isClosedAtDeadline = false
        if !isShielded, control.isCancelRequested { throw interrupted(.cancelled) }
    }

    /// In which condition the connection is, now that no statement is under way.
    var condition: OperationControl.Condition {
        guard let connection, PQstatus(connection) == CONNECTION_OK else { return .closed }
        return PQtransactionStatus(connection) == PQTRANS_IDLE ? .ready : .inTransaction
    }

    /// What libpq itself has to say, without a server's answer at hand.
    func libpqError(_ kind: PostgresError.Kind) -> PostgresError {
        guard let connection else { return PostgresError(.closed, "the connection is closed", statementName: statement) }
        let broken = isLost || PQstatus(connection) != CONNECTION_OK
        let message = String(cString: PQerrorMessage(connection)).singleLine
        var error = PostgresError(broken ? .connection : kind, message, statementName: statement)
        error.loggableMessage = Redaction.withoutQuotedText(message)
        return error
    }

    func interrupted(_ reason: PostgresError.Kind) -> PostgresError {
        PostgresError(
            reason, reason == .timeout ? "the statement took too long and was cancelled" : "the statement was cancelled",
            statementName: statement)
    }
}
