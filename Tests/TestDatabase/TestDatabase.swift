import Foundation
public import Postgres
import Schema

/// A database for one test, on the server that `bin/test` starts, copied from a migrated template and dropped afterwards.
public struct TestDatabase: Sendable {
    public let options: ConnectionOptions
    /// Its address, for a second process.
    public let address: String

    /// Runs `body` with a database of its own.
    ///
    /// - Parameter isMigrated: whether it has the schema already.
    public static func with<Value: Sendable>(
        isMigrated: Bool = true, _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        let name = "test_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        let source = isMigrated ? try await template.value : "template0"
        try await administer("CREATE DATABASE \(name) TEMPLATE \(source)")
        do {
            let value = try await body(TestDatabase(name))
            try await administer("DROP DATABASE \(name) WITH (FORCE)")
            return value
        } catch {
            try? await administer("DROP DATABASE \(name) WITH (FORCE)")
            throw error
        }
    }

    /// A migrated database that `fill` fills and nobody drops: for tests that share it and only read.
    public static func kept(_ fill: (TestDatabase) async throws -> Void) async throws -> TestDatabase {
        let name = "kept_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        try await administer("CREATE DATABASE \(name) TEMPLATE \(template.value)")
        let database = try TestDatabase(name)
        try await fill(database)
        return database
    }

    /// Runs `body` on a connection to it.
    ///
    /// - Parameter prepares: whether the connection keeps its statements prepared.
    public func connect<Value: Sendable>(
        prepares: Bool = false, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        var options = options
        options.preparesStatements = prepares
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

    private init(_ name: String) throws {
        address = try Self.server().replacingOccurrences(of: "///postgres", with: "///\(name)")
        options = ConnectionOptions(conninfo: address, connectTimeout: .seconds(60), statementTimeout: .seconds(60))
    }

    private static let template = Task {
        let name = "template_\(ProcessInfo.processInfo.processIdentifier)"
        try await administer("DROP DATABASE IF EXISTS \(name)")
        try await administer("CREATE DATABASE \(name)")
        _ = try await Migrator(TestDatabase(name).options).apply()
        return name
    }

    private static func server() throws -> String {
        guard let address = ProcessInfo.processInfo.environment["XMONITOR_TEST_DATABASE_URL"] else { throw NoServer() }
        return address
    }

    private static func administer(_ sql: String) async throws {
        let connection = try await Connection.connect(
            ConnectionOptions(conninfo: try server(), connectTimeout: .seconds(60), statementTimeout: .seconds(60)))
        do { try await connection.executeScript(sql, timeout: .seconds(60)) } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    struct NoServer: Error, CustomStringConvertible {
        var description: String {
            "XMONITOR_TEST_DATABASE_URL is not set: these tests need a throw-away Postgres, which bin/test starts."
        }
    }
}
