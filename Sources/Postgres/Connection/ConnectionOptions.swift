/// Where and how to connect.
public struct ConnectionOptions: Sendable {
    /// A libpq connection string or URI; empty means libpq's defaults and the `PG…` environment variables.
    /// TLS is chosen here too (`sslmode`, `sslrootcert`). Source: Postgres documentation, "Connection Strings".
    public var conninfo: String
    /// Takes the place of the database in the connection string.
    public var database: String?
    /// Asked for the password before each connection, in place of what the connection string or a file says; for passwords that expire. It
    /// has `connectTimeout` together with the connecting, and has to end when its task is cancelled.
    public var password: (@Sendable () async throws(PostgresError) -> String)?
    /// Added to the error when the server refuses what `password` gave: what it may lack. Never a secret.
    public var passwordHint: String?
    /// Shown in `pg_stat_activity` and in the server's log; empty leaves it to the connection string.
    public var applicationName: String
    /// How long connecting may take altogether, over all hosts; takes the place of libpq's `connect_timeout`.
    public var connectTimeout: Duration
    /// How long a statement may take unless it says otherwise; measured by the client.
    public var statementTimeout: Duration
    /// Whether statements are prepared under a name and their plans kept on the server. Behind a connection pooler in transaction mode, where
    /// another session may follow, a connection stops that at the first statement that is gone, and runs it without.
    public var preparesStatements: Bool
    /// Run-time parameters of the session from its start on, in place of what role and database have as defaults. What `options` in the
    /// connection string or PGOPTIONS set goes before them. A pooler that takes none is connected to without them.
    public var settings: [String: String]
    /// What every transaction tells the server of its own patience.
    public var transactionBounds: TransactionBounds
    /// Whether only a session that can write will do: with several hosts the first of them, and an error where none is. The connection
    /// string's and PGTARGETSESSIONATTRS' `target_session_attrs` goes before it.
    public var requiresWritableSession: Bool

    /// Nothing is checked before connecting.
    public init(
        conninfo: String, password: (@Sendable () async throws(PostgresError) -> String)? = nil, applicationName: String = "",
        connectTimeout: Duration = .seconds(5), statementTimeout: Duration = .seconds(10), preparesStatements: Bool = false,
        settings: [String: String] = [:], transactionBounds: TransactionBounds = .none, requiresWritableSession: Bool = false
    ) {
        self.conninfo = conninfo
        self.password = password
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.preparesStatements = preparesStatements
        self.settings = settings
        self.transactionBounds = transactionBounds
        self.requiresWritableSession = requiresWritableSession
    }
}

extension ConnectionOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Host, port, database and role; never the password nor anything else out of the connection string.
    public var description: String {
        ConnectionTarget(conninfo: conninfo)?.description(database: database) ?? "a malformed connection string"
    }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// Only what `description` says, so that `dump` and test failures do not print the password.
    public var customMirror: Mirror { Mirror(self, children: ["target": description]) }
}
