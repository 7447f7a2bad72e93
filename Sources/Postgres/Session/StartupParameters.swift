/// The connection parameters for libpq. Of two with one keyword the later wins, so the order is: our defaults, the connection string, the
/// parameters that the program decides.
struct StartupParameters {
    let options: ConnectionOptions
    let target: ConnectionTarget
    /// Nil leaves it to the connection string and libpq's files.
    let password: String?
    /// A pooler may know no `options`.
    var sendsSettings: Bool

    var list: [(keyword: String, value: String)] {
        var list = Self.network.map { ($0, $1) }
        if options.requiresWritableSession, target.sessionAttributes == nil { list.append(("target_session_attrs", "read-write")) }
        list.append(("dbname", options.conninfo))
        if let database = options.database { list.append(("dbname", database)) }
        if let password { list.append(("password", password)) }
        list.append(("client_encoding", "UTF8"))
        if !options.applicationName.isEmpty { list.append(("application_name", options.applicationName)) }
        if sendsSettings { list.append(("options", ([settings] + [target.options].compactMap { $0 }).joined(separator: " "))) }
        return list
    }

    /// TCP keepalives: a server that vanished is noticed within a minute, not after hours. They do not apply to Unix sockets.
    private static let network = [
        ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", "30000"),
    ]

    private var settings: String {
        options.settings.sorted { $0.key < $1.key }.map { "-c \($0)=\(Self.escaped($1))" }.joined(separator: " ")
    }

    /// The server splits `options` at white space.
    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing(" ", with: "\\ ")
    }
}

extension PostgresError {
    /// Whether connecting may work without `options`: PgBouncer, RDS Proxy or an old server does not know them or one of them.
    var refusesSettings: Bool {
        switch sqlState {
        case .protocolViolation?, .featureNotSupported?, .undefinedObject?: kind == .connection
        default: false
        }
    }
}
