public import Postgres

/// Whether a database is one that an archive can live in, and whether the sessions of this role find it there. What is wrong is named with
/// the statement that mends it, before anything is changed.
public enum Target {
    /// What is about to be done.
    public enum Purpose: Sendable {
        /// Applying the schema.
        case schema
        /// Writing by a command.
        case writing
        /// Serving: what cannot be written may be read all the same, and a standby may become the primary at any time.
        case serving
    }

    /// Connects and checks.
    ///
    /// - Returns: What is wrong and yet no reason to refuse `purpose`.
    /// - Throws: `SchemaError.unfitTarget` naming everything that is wrong, or `PostgresError`.
    public static func check(_ options: ConnectionOptions, for purpose: Purpose) async throws -> [String] {
        let connection = try await Connection.connect(options)
        do {
            let warnings = try await check(connection, for: purpose)
            await connection.close()
            return warnings
        } catch {
            await connection.close()
            throw error
        }
    }

    /// The same on a connection that is there.
    @discardableResult
    public static func check(_ connection: isolated Connection, for purpose: Purpose) async throws -> [String] {
        guard connection.serverVersion >= 150_000 else {
            throw SchemaError.unfitTarget(["The server is Postgres \(connection.serverVersion / 10_000). Use version 15 or later."])
        }
        // In a transaction, which brings time-outs of its own.
        let found = try await connection.transaction(readOnly: true) { connection in
            let faults = try await connection.query(TargetQueries.database) + connection.query(TargetQueries.searchPath(purpose))
            return purpose == .schema ? try await faults + connection.query(TargetQueries.trigrams) : faults
        }
        let refused = found.filter { purpose != .serving || !$0.isAboutWriting }
        guard refused.isEmpty else { throw SchemaError.unfitTarget(refused.map(\.text)) }
        return found.map(\.text)
    }
}
