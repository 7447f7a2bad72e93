import Postgres
import Synchronization
import Testing

/// Passwords that are asked for before each connection.
@Suite(.gated, .serialized) struct PasswordSourceTests {
    private static let password = "hunter2-\(Int.random(in: 0...999_999))"

    /// Over TCP, where the role needs its password.
    private func options(
        _ extra: String = "", timeout: Duration = .seconds(60), _ password: @escaping @Sendable () async throws(PostgresError) -> String
    ) async throws -> ConnectionOptions {
        let server = try PrivateServer.shared.get()
        let role = PrivateServer.roleWithPassword
        let connection = try await Connection.connect(ConnectionOptions(conninfo: server.conninfo))
        try await connection.executeScript(
            """
            DO $$ BEGIN CREATE ROLE \(role) LOGIN; EXCEPTION WHEN duplicate_object THEN END $$;
            ALTER ROLE \(role) PASSWORD '\(Self.password)'
            """)
        await connection.close()
        return ConnectionOptions(
            conninfo: "host=127.0.0.1 port=\(server.port) user=\(role) dbname=postgres \(extra)", password: password,
            connectTimeout: timeout)
    }

    @Test func itIsAskedForBeforeEachConnection() async throws {
        let asked = Mutex(0)
        let options = try await options("password=of-the-string") {
            asked.withLock { $0 += 1 }
            return Self.password
        }
        for _ in 1...3 { try await Connection.connect(options).close() }
        #expect(asked.withLock { $0 } == 3)
        let pool = Pool(options, options: Pool.Options(maximum: 2))
        try await pool.withConnection { _ in try await pool.withConnection { _ in } }
        await pool.close()
        #expect(asked.withLock { $0 } == 5)
    }

    @Test func aWrongOneIsRefusedAndNotSaid() async throws {
        let wrong = "wrong-" + Self.password
        var options = try await options { wrong }
        options.passwordHint = "it was a password of tests"
        let error = await postgresError { try await Connection.connect(options) }
        #expect(error?.kind == .connection)
        #expect(error?.sqlState == .invalidPassword)
        #expect(error?.description.contains("; it was a password of tests") == true)
        var said = "\(options) \(String(reflecting: options)) \(String(describing: error)) \(error?.message ?? "") \(error?.detail ?? "")"
        dump(options, to: &said)
        dump(error, to: &said)
        #expect(!said.contains(Self.password))
    }

    @Test func itsErrorIsTheConnections() async throws {
        let options = try await options { () throws(PostgresError) in throw PostgresError(.connection, "no credentials are to be had") }
        let error = await postgresError { try await Connection.connect(options) }
        #expect(error?.description == "no credentials are to be had")
    }

    @Test func oneThatIsNotToBeHadInTimeIsGivenUp() async throws {
        let wasCancelled = Mutex(false)
        let options = try await options(timeout: .milliseconds(100)) {
            do { try await Task.sleep(for: .seconds(600)) } catch { wasCancelled.withLock { $0 = true } }
            return ""
        }
        let error = await postgresError { try await Connection.connect(options) }
        #expect(error?.kind == .timeout)
        #expect(error?.description.contains("127.0.0.1") == true)
        #expect(wasCancelled.withLock { $0 })
    }

    @Test func askingAndConnectingShareTheirTime() async throws {
        let silent = try SilentServer()
        let limit = Duration.seconds(4)
        let options = ConnectionOptions(
            conninfo: "host=127.0.0.1 port=\(silent.port) user=x",
            password: {
                try? await Task.sleep(for: .seconds(3))
                return ""
            }, connectTimeout: limit)
        let start = ContinuousClock.now
        let error = await postgresError { try await Connection.connect(options) }
        #expect(error?.kind == .timeout)
        #expect(.now - start < limit + .seconds(2.5))
    }

    @Test func aCancelledTaskStopsAsking() async throws {
        let (asked, ask) = AsyncStream<Void>.makeStream()
        let options = try await options {
            ask.yield()
            try? await Task.sleep(for: .seconds(600))
            return ""
        }
        let task = Task { await postgresError { try await Connection.connect(options) } }
        for await _ in asked { break }
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
    }

    @Test(arguments: [
        ("postgresql://u:secret@h:6/d?sslmode=verify-full", "h 6 u verify-full"), ("host=a,b port=1 user=u", "a,b 1 u prefer"),
    ])
    func theEndpointIsWhatTheStringSays(conninfo: String, expected: String) throws {
        let endpoint = try #require(ConnectionOptions(conninfo: conninfo).endpoint)
        #expect([endpoint.host, endpoint.port, endpoint.user, endpoint.sslmode].joined(separator: " ") == expected)
    }

    @Test func aMalformedStringHasNoEndpoint() { #expect(ConnectionOptions(conninfo: "host=x hunter2").endpoint == nil) }
}
