/// Everything this library throws on its own account.
///
/// `description` is made for logs: it never contains parameter values, row values (`detail`) or a password.
public struct PostgresError: Error, Sendable {
    /// What went wrong, coarsely; `sqlState` says it finely when the server answered.
    public enum Kind: Sendable, Hashable {
        /// No connection could be made, or it broke; the outcome of the statement under way is unknown.
        case connection
        /// The connection string makes no sense; trying again will not help.
        case configuration
        /// The server answered with an error; see `sqlState`.
        case server
        /// A parameter cannot be expressed in Postgres' binary format.
        case encoding
        /// A column does not hold what the statement's decoder asked for.
        case decoding
        /// A statement returned another number of rows than its caller allows.
        case rowCount
        /// The deadline passed; the statement was cancelled.
        case timeout
        /// The calling task was cancelled, and with it the statement.
        case cancelled
        /// No pooled connection became free in time.
        case poolTimeout
        /// The connection or the pool had been closed before.
        case closed
        /// The library was used in a way its protocol state does not allow, or the server broke the protocol.
        case protocolViolation
    }

    /// What went wrong.
    public var kind: Kind
    /// The server's error code; nil when the server did not answer.
    public var sqlState: SQLState?
    /// The primary message, unredacted: the server may quote a parameter value in it. Log `description` instead.
    public var message: String
    /// The server's detail; may contain row values, so never part of `description`.
    public var detail: String?
    /// The server's hint.
    public var hint: String?
    /// The role of the session, where it lacks a privilege.
    public var role: String?
    /// The name of the violated constraint.
    public var constraint: String?
    /// The table the error is about.
    public var table: String?
    /// The column the error is about.
    public var column: String?
    /// Where in the statement's text the error is: characters, counted from 1.
    public var position: Int?
    /// `Statement.name`, or the name given to a COPY or script.
    public var statementName: String?
    /// `message` without anything that may be a parameter value.
    var loggableMessage: String
    /// Whether the statement should be prepared anew and tried again.
    var asksToPrepareAgain = false

    /// An error with a message that is safe to log.
    public init(_ kind: Kind, _ message: String, sqlState: SQLState? = nil, statementName: String? = nil) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
        self.statementName = statementName
        loggableMessage = message
    }
}

extension PostgresError {
    /// Whether the same work may well succeed later, unchanged: there is no connection, whatever the reason; the server is starting or
    /// stopping, is a standby or short of something; a lock or a deadline was missed, somebody else cancelled the statement, or concurrency
    /// made the server roll back.
    public var isTransient: Bool {
        switch kind {
        case .connection, .timeout, .poolTimeout, .closed: true
        case .server: tellsOfReadOnlySession || sqlState?.isPassing == true
        case .configuration, .encoding, .decoding, .rowCount, .cancelled, .protocolViolation: false
        }
    }

    /// Whether the session cannot write, because its server is a standby, or a default of the role or database says so.
    public var tellsOfReadOnlySession: Bool {
        sqlState == .readOnlyTransaction || (sqlState == .featureNotSupported && statementName == Self.beginning)
    }

    /// Whether what this session prepared is gone, or is another's: a pooler lends the server's session to others between transactions.
    var tellsOfSharedSession: Bool { sqlState == .invalidStatementName || sqlState == .duplicatePreparedStatement }

    /// The name of the statement that begins a transaction.
    static let beginning = "begin"
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// `statement: message (SQLSTATE 23505, constraint foo_pkey)`: one line, safe to log.
    public var description: String {
        var facts: [String] = []
        if let sqlState { facts.append("SQLSTATE \(sqlState)") }
        if let constraint { facts.append("constraint \(constraint)") }
        if let column { facts.append("column \(column)") }
        if let position { facts.append("at character \(position)") }
        let prefix = statementName.map { "\($0): " } ?? ""
        let suffix = facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
        return prefix + loggableMessage + suffix
    }

    /// The same as `description`, so that reflection does not print `detail` either.
    public var debugDescription: String { description }
}
