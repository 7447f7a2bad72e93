import Foundation
import Postgres

/// The server the tests run against: the one the environment names, or a private one.
enum TestPostgres {
    static func conninfo() throws -> String {
        if let given = ProcessInfo.processInfo.environment["XMONITOR_TEST_DATABASE_URL"], !given.isEmpty { return given }
        return try PrivateServer.shared.get().conninfo
    }

    /// For tests that create nothing.
    static func options(prepares: Bool = false, timeout: Duration = .seconds(60)) throws -> ConnectionOptions {
        ConnectionOptions(
            conninfo: try conninfo(), applicationName: "postgres-tests", connectTimeout: .seconds(60),
            statementTimeout: timeout, preparesStatements: prepares)
    }

    @discardableResult
    static func withConnection<Output: Sendable>(
        prepares: Bool = false, timeout: Duration = .seconds(60), _ body: (Connection) async throws -> Output
    ) async throws -> Output {
        let connection = try await Connection.connect(options(prepares: prepares, timeout: timeout))
        let output = try await body(connection)
        await connection.close()
        return output
    }

    /// Makes a database for one test and drops it afterwards.
    static func withDatabase<Output>(
        prepares: Bool = false, timeout: Duration = .seconds(60), _ body: (ConnectionOptions) async throws -> Output
    ) async throws -> Output {
        let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let maintenance = try await Connection.connect(options(timeout: .seconds(60)))
        try await maintenance.executeScript("CREATE DATABASE \(name)")
        var own = try options(prepares: prepares, timeout: timeout)
        own.conninfo = replacingDatabase(own.conninfo, with: name)
        let result: Result<Output, any Error>
        do { result = .success(try await body(own)) } catch { result = .failure(error) }
        try await maintenance.executeScript("DROP DATABASE \(name) WITH (FORCE)")
        await maintenance.close()
        return try result.get()
    }

    /// How many of the server's other backends run a statement whose text contains `marker`.
    static func activeStatements(containing marker: String) async throws -> Int64 {
        try await withConnection { connection in
            try await connection.queryOne(
                Statement(
                    "activity",
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE state = 'active' AND pid <> pg_backend_pid() AND position(\(text: marker) in query) > 0
                    """
                ) { try $0.int64(0) })
        }
    }

    /// Whether the server process is still there.
    static func hasBackend(_ processID: Int32) async throws -> Bool {
        try await withConnection { connection in
            try await connection.queryOne(
                Statement("backend", "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(int32: processID))") { try $0.bool(0) })
        }
    }

    private static func replacingDatabase(_ conninfo: String, with name: String) -> String {
        guard let scheme = conninfo.range(of: "://") else { return "\(conninfo) dbname=\(name)" }
        let parts = conninfo.split(separator: "?", maxSplits: 1)
        let rest = parts[0][scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        return conninfo[..<scheme.upperBound] + authority + "/\(name)" + (parts.count > 1 ? "?\(parts[1])" : "")
    }
}

/// Waits until `condition` holds; false when it does not within a minute.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(20))
    }
    return false
}

/// The error `body` throws, if it is one of the library's.
func postgresError<Output>(_ body: () async throws -> Output) async -> PostgresError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

extension Pool.Statistics {
    /// Open, idle, waiting.
    var figures: [Int] { [open, idle, waiting] }
}
