import Foundation
import Postgres
import Schema

extension Settings {
    /// Whether the environment names a database, by `DATABASE_URL` or by the variables of libpq.
    var namesDatabase: Bool {
        let environment = ProcessInfo.processInfo.environment
        return optional(.databaseURL) != nil
            || ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"].contains { environment[$0]?.isEmpty == false }
    }

    /// How to reach the database.
    ///
    /// - Throws: `Failure` when the environment names none.
    func database() throws -> ConnectionOptions {
        guard namesDatabase else {
            throw Failure(
                "No database is named. Set DATABASE_URL, for example postgresql://user@host/xmonitor, or try `xmonitor up`, which runs a private Postgres and prints its address."
            )
        }
        return try connectionOptions(optional(.databaseURL) ?? "")
    }

    /// How to reach the database that readers use.
    func readDatabase(otherwise database: ConnectionOptions) throws -> ConnectionOptions {
        guard let address = optional(.readDatabaseURL) else { return database }
        return try connectionOptions(address, of: .readDatabaseURL)
    }

    /// - Parameter setting: where `conninfo` comes from.
    func connectionOptions(
        _ conninfo: String, of setting: Setting = .databaseURL, preparesStatements: Bool? = nil
    ) throws -> ConnectionOptions {
        var options = ConnectionOptions(
            conninfo: conninfo, applicationName: "xmonitor", connectTimeout: try seconds(.connectTimeout),
            statementTimeout: try seconds(.statementTimeout),
            preparesStatements: try preparesStatements ?? boolean(.preparedStatements), settings: SessionSettings.all)
        guard Self.isBareName(conninfo) ?? (options.endpoint != nil) else {
            throw Failure(
                "\(named(setting)) is no address of a Postgres database. Write it as postgresql://user@host:5432/database, with special characters of a password as %-escapes, or as keyword=value pairs."
            )
        }
        options.password = try passwordSource(for: options.endpoint)
        if options.password != nil { options.passwordHint = Self.tokenHint }
        return options
    }

    /// Whether it is the name of a database alone, which libpq takes too; nil for an address and for pairs.
    private static func isBareName(_ conninfo: String) -> Bool? {
        guard !conninfo.contains("="), !conninfo.contains("://") else { return nil }
        return !conninfo.contains { "@/:".contains($0) }
    }
}

extension ConnectionOptions {
    /// - Throws: `Failure` or `SchemaError` when the database has no schema that this program works with.
    @discardableResult
    func requireCurrentSchema() async throws -> SchemaStatus {
        let status = try await Migrator(self).status()
        guard status.isCurrent else { throw Failure(schema: status.applied.last?.version ?? 0, needed: Migration.latest) }
        return status
    }
}
