public import Postgres

/// Makes the database of an archive and its two roles, as the administrator of a server, who need be no superuser.
///
/// What is there already is left as it is, so a run that broke off is finished by the next one.
public struct Bootstrap: Sendable {
    /// Owns the database: it applies the schema and imports.
    public static let owner: Identifier = "xmonitor_owner"
    /// Serves, with what `schema grant` gives it.
    public static let api: Identifier = "xmonitor_api"
    /// Makes these two where they log in with tokens, and is there no longer than that takes.
    static let maker: Identifier = "xmonitor_maker"

    private let administrator: ConnectionOptions
    private let database: String
    private let logsInByIAM: Bool?

    /// - Parameters:
    ///   - administrator: may create databases and roles; connects to any database but the one that is made.
    ///   - logsInByIAM: whether the two roles log in to RDS with tokens in place of passwords; nil where the server has the role for it.
    public init(administrator: ConnectionOptions, database: String, logsInByIAM: Bool?) {
        self.administrator = administrator
        self.database = database
        self.logsInByIAM = logsInByIAM
    }

    /// What is left to be done. Changes nothing.
    ///
    /// - Throws: `SchemaError` when this administrator cannot do it, `PostgresError`.
    public func plan() async throws -> [BootstrapStep] {
        try await Self.withConnection(administrator) { try await steps($0) }
    }

    /// Does what is left to be done.
    ///
    /// - Parameter willRun: called before each step.
    /// - Returns: what was done.
    /// - Throws: `SchemaError` when this administrator cannot do it, `PostgresError`.
    public func run(willRun: @escaping @Sendable (BootstrapStep) -> Void = { _ in }) async throws -> [BootstrapStep] {
        try await Self.withConnection(administrator) { connection in
            let steps = try await steps(connection)
            for step in steps {
                willRun(step)
                switch step.place {
                case .server: try await Self.run(step, connection)
                case .database:
                    var options = administrator
                    options.database = database
                    try await Self.withConnection(options) { try await Self.run(step, $0) }
                case .login:
                    try await Self.run(step, connection)
                    try await requireLogin(connection)
                }
            }
            return steps
        }
    }

    private func steps(_ connection: isolated Connection) async throws -> [BootstrapStep] {
        guard connection.serverVersion >= 150_000 else {
            throw SchemaError.unfitTarget(["The server is Postgres \(connection.serverVersion / 10_000). Use version 15 or later."])
        }
        let state = try await connection.queryOne(BootstrapState.query(database: database))
        return try state.steps(database: Identifier(quoting: database), logsInByIAM: logsInByIAM)
    }

    private static func run(_ step: BootstrapStep, _ connection: isolated Connection) async throws {
        // Copying the template takes its time.
        try await connection.executeScript(step.statements.joined(separator: ";\n"), name: "bootstrap", timeout: .seconds(300))
    }

    /// RDS lets whoever is a member of `rds_iam`, be it through another role, log in with a token alone. If that is the administrator now, he
    /// could do nothing any more, so it is undone. So it is when it cannot be found out: the next run looks again.
    private func requireLogin(_ connection: isolated Connection) async throws {
        do { try await Self.withConnection(administrator) { _ in } } catch {
            try await connection.executeScript(BootstrapState.revokeIAM, name: "bootstrap", timeout: .seconds(60))
            guard let error = error as? PostgresError, error.kind == .connection, error.sqlState?.rawValue.hasPrefix("28") == true
            else { throw error }
            throw SchemaError.administratorLockedOut
        }
    }

    private static func withConnection<Value: Sendable>(
        _ options: ConnectionOptions, _ body: @Sendable (isolated Connection) async throws -> Value
    ) async throws -> Value {
        let connection = try await Connection.connect(options)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}

/// Statements that take effect together.
public struct BootstrapStep: Sendable, Hashable {
    /// Where they run.
    public enum Place: Sendable {
        case server
        /// In the database that is made.
        case database
        /// On the server, and the administrator has to be able to log in afterwards.
        case login
    }

    public var place: Place
    public var statements: [String]
}
