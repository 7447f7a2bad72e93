import Foundation
import Postgres
import Schema

/// The database that a rehearsal plays on.
struct Stage: Sendable {
    /// Its address, for the commands of the rehearsal.
    let address: String
    /// Why only steps that read are allowed; empty when all are.
    let refusal: String
    private let removal: @Sendable () async throws -> Void

    var isReadOnly: Bool { !refusal.isEmpty }

    func remove() async throws { try await removal() }

    /// A private Postgres of the rehearsal's own, when the settings name no database; a new database on a server of this machine
    /// that holds no archive; the given database itself, read only, when it is a production one.
    ///
    /// - Throws: `Failure` or `PostgresError`.
    static func prepare(_ settings: Settings, folder: String) async throws -> Stage {
        guard settings.namesDatabase else { return try await privateServer(folder) }
        let given = settings.optional(.databaseURL) ?? ""
        let connection = try await Connection.connect(settings.database())
        do {
            let stage =
                switch try await ProductionMark.find(connection) {
                case .otherMachine: Stage(address: given, refusal: "because the server is another machine", removal: {})
                case .archive: Stage(address: given, refusal: "because the database holds an archive", removal: {})
                case nil: try await newDatabase(connection, settings, given)
                }
            await connection.close()
            return stage
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func privateServer(_ folder: String) async throws -> Stage {
        let postgres = try PrivatePostgres(stateFolder: folder)
        say("Starting a private Postgres for the rehearsal")
        try await postgres.start()
        return Stage(address: postgres.address, refusal: "") { try await postgres.remove() }
    }

    private static func newDatabase(_ connection: isolated Connection, _ settings: Settings, _ given: String) async throws -> Stage {
        let name = "xmonitor_rehearsal_\(UInt32.random(in: .min ... .max))"
        do { try await connection.executeScript("CREATE DATABASE \(name)", timeout: .seconds(60)) } catch let error as PostgresError {
            throw Failure(
                "A throw-away database cannot be created: \(error.description).\n  Give the role CREATEDB, or unset DATABASE_URL to rehearse on a private Postgres."
            )
        }
        let options = try settings.database()
        return Stage(address: try address(given, database: name), refusal: "") {
            let connection = try await Connection.connect(options)
            try await connection.executeScript("DROP DATABASE \(name) WITH (FORCE)", timeout: .seconds(60))
            await connection.close()
        }
    }

    /// The same server, another database.
    private static func address(_ given: String, database: String) throws -> String {
        guard !given.isEmpty else { return "dbname=\(database)" }
        guard given.contains("://") else { return given + " dbname=\(database)" }
        guard var parts = URLComponents(string: given) else {
            throw Failure("DATABASE_URL is no address. Write it as postgresql://user@host/name.")
        }
        parts.path = "/" + database
        return parts.string ?? given
    }
}
