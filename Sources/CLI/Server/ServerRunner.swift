import API
import AsyncHTTPClient
import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore
import Postgres
import Schema
import ServiceLifecycle
import Store

/// The server, from settings to the last answered request.
struct ServerRunner {
    let settings: Settings
    let database: ConnectionOptions

    /// Validates every setting of the server before anything is started.
    static func check(_ settings: Settings) throws {
        _ = try (
            settings.integer(.poolSize, 1...1_000), port(settings), settings.serverConfiguration(cursorKey: settings.cursorKey() ?? []),
            settings.connectionOptions(settings.optional(.databaseURL) ?? ""), settings.signIn(), settings.seconds(.shutdownTimeout),
            settings.secretsObject(), settings.seconds(.secretsLifetime, most: 86_400)
        )
    }

    /// Serves until SIGINT or SIGTERM, and then until the requests in flight are answered, but not for longer than the setting allows.
    ///
    /// - Parameter ready: called with the address once it answers.
    /// - Throws: `Failure` or `SchemaError` when it cannot start.
    func run(ready: @escaping @Sendable (String) -> Void) async throws {
        try await cancelledByInterrupt { try await requireFitDatabase() }
        try await HTTPClient.withHTTPClient(configuration: SignIn.clientConfiguration) { try await serve(speakingBy: $0, ready: ready) }
    }

    private func serve(speakingBy http: HTTPClient, ready: @escaping @Sendable (String) -> Void) async throws {
        let pools = try pools()
        let server = try server(on: pools, speakingBy: http)
        let renewal = try SecretsRenewal(of: server, settings, http: http)
        let renewing = Task { await renewal?.run() }
        defer { renewing.cancel() }
        let host = settings.text(.host)
        let application = server.makeApplication(host: host, port: try Self.port(settings)) { ready(Self.address(host, port: $0)) }
        do {
            guard try await runUntilSignalled(application, endingWithin: settings.seconds(.shutdownTimeout)) else {
                return LogLine.warn("Some requests were still under way after XMONITOR_SHUTDOWN_TIMEOUT; they were broken off.")
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure(
                "Port \(try Self.port(settings)) of \(settings.text(.host)) is taken. Stop what listens there, or set XMONITOR_PORT to another one (0 takes a free one)."
            )
        } catch let error as IOError {
            throw try cannotListen(String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw try cannotListen("no such host is known")
        }
        for pool in [pools.reader, pools.writer, pools.follower, pools.prober] { await pool.close() }
    }

    private func server(on pools: Pools, speakingBy http: HTTPClient) throws -> Server {
        let archive = PostgresArchive(
            reader: pools.reader, writer: pools.writer, follower: pools.follower, prober: pools.prober, schemaVersion: Migration.latest)
        let server = try Server(
            configuration: configuration(), reading: archive, writing: archive,
            probing: archive, keeping: archive, operating: archive, auditing: archive,
            signIn: settings.signIn().map { SignIn($0, http: http) },
            observe: LogLine.write)
        for warning in try settings.warnings() { LogLine.warn(warning) }
        if let openness = try settings.readAccess().openness { LogLine.inform(openness) }
        return server
    }

    static func address(_ host: String, port: Int) -> String {
        let isIPv6 = host.contains(":")
        return "http://\(isIPv6 ? "[\(host)]" : host):\(port)"
    }

    private func cannotListen(_ reason: String) throws -> Failure {
        Failure(
            "Cannot listen on port \(try Self.port(settings)) of \(settings.text(.host)): \(reason). Set XMONITOR_HOST to an address of this machine (127.0.0.1, or 0.0.0.0 for all), and XMONITOR_PORT to a port that you may use."
        )
    }

    private typealias Pools = (reader: Pool, writer: Pool, follower: Pool, prober: Pool)

    /// All but the reader's lead to where is written.
    private func pools() throws -> Pools {
        let size = try settings.integer(.poolSize, 1...1_000)
        func pool(_ name: String, _ options: ConnectionOptions, maximum: Int, writes: Bool = true) -> Pool {
            var options = options
            let patience = options.statementTimeout
            // Bounds on the server side too: this process may be stopped, or gone.
            options.transactionBounds = TransactionBounds(lock: patience / 2, statement: patience + .seconds(1), idle: patience)
            options.requiresWritableSession = writes
            return Pool(options, options: Pool.Options(maximum: maximum)) { LogLine.write($0, pool: name) }
        }
        return (
            reader: pool("reader", try settings.readDatabase(otherwise: database), maximum: size, writes: false),
            writer: pool("writer", database, maximum: size), follower: pool("follower", database, maximum: (size + 1) / 2),
            prober: pool("prober", database, maximum: 1)
        )
    }

    /// Checks for lasting faults before the server starts. A standby is none: the server reads from it, and is not ready.
    private func requireFitDatabase() async throws {
        try await Grants.check(database, for: .api)
        for warning in try await Target.check(database, for: .serving) { LogLine.warn(warning) }
        if settings.optional(.readDatabaseURL) != nil {
            // A read replica that is unreachable now may be there later.
            do {
                let readers = try settings.readDatabase(otherwise: database)
                try await Grants.check(readers, for: .read)
                _ = try await Target.check(readers, for: .serving)
            } catch let error as PostgresError where error.isTransient {}
        }
        try await database.requireCurrentSchema()
    }

    /// The configuration by the settings, with no more connections than there are file descriptors.
    private func configuration() throws -> ServerConfiguration {
        var configuration = try settings.serverConfiguration(cursorKey: cursorKey())
        let forClients = OpenFiles.raiseLimit() - OpenFiles.forTheServerItself - 2 * (try settings.integer(.poolSize, 1...1_000))
        if forClients < configuration.maximumConnections {
            configuration.maximumConnections = max(1, forClients)
            LogLine.warn("The system allows so few open files that there is room for \(configuration.maximumConnections) connections.")
        }
        return configuration
    }

    /// The key that signs cursors; a random one when none is set.
    private func cursorKey() throws -> [UInt8] {
        if let key = try settings.cursorKey() { return key }
        LogLine.warn("XMONITOR_CURSOR_KEY is not set: cursors are good until this process ends, and only for it.")
        return (0..<32).map { _ in .random(in: .min ... .max) }
    }

    private static func port(_ settings: Settings) throws -> Int {
        try settings.integer(.port, 0...65_535)
    }
}
