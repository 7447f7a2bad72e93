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

/// The server behind a socket, from settings to the last answered request.
struct ServerRunner {
    let settings: Settings
    let database: ConnectionOptions

    /// Validates every setting of the server before anything is started.
    static func check(_ settings: Settings) throws { try ServedArchive.check(settings, for: .process) }

    /// Serves until SIGINT or SIGTERM, and then until the requests in flight are answered, but not for longer than the setting allows.
    ///
    /// - Parameter ready: called with the address once it answers.
    /// - Throws: `Failure` or `SchemaError` when it cannot start.
    func run(ready: @escaping @Sendable (String) -> Void) async throws {
        try await cancelledByInterrupt { try await requireFitDatabase() }
        try await HTTPClient.withHTTPClient(configuration: SignIn.clientConfiguration) { try await serve(speakingBy: $0, ready: ready) }
    }

    private func serve(speakingBy http: HTTPClient, ready: @escaping @Sendable (String) -> Void) async throws {
        let archive = try ServedArchive(settings, database: database, for: .process, speakingBy: http) { try limitConnections(of: &$0) }
        let renewal = try SecretsRenewal(of: archive.server, settings, http: http)
        let renewing = Task { await renewal?.run() }
        defer { renewing.cancel() }
        let host = settings.text(.host)
        let application = archive.server.makeApplication(host: host, port: try Self.port(settings)) {
            let address = Self.address(host, port: $0)
            LogLine.started(at: address, settingsFile: settings.file)
            ready(address)
        }
        do {
            guard try await runUntilSignalled(application, endingWithin: settings.seconds(.shutdownTimeout)) else {
                LogLine.warn("Some requests were still under way after XMONITOR_SHUTDOWN_TIMEOUT; they were broken off.")
                return LogLine.stopped()
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure(
                "Port \(try Self.port(settings)) of \(settings.text(.host)) is taken. Stop what listens there, or set XMONITOR_PORT to another one (0 takes a free one)."
            )
        } catch let error as IOError where error.errnoCode == EADDRNOTAVAIL {
            throw Failure(
                "This machine has no address \(host), which \(settings.named(.host)) names. Set it to one of its own: 127.0.0.1, or 0.0.0.0 for all."
            )
        } catch let error as IOError {
            throw try cannotListen(String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw try cannotListen("no such host is known")
        }
        await archive.close()
        LogLine.stopped()
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
        if let newest = try await database.requireCurrentSchema().newer.last {
            LogLine.warn("A newer release has migrated the database (\(newest)); this server works beside it. Update it too.")
        }
    }

    /// No more connections than there are file descriptors for.
    private func limitConnections(of configuration: inout ServerConfiguration) throws {
        let forClients = OpenFiles.raiseLimit() - OpenFiles.forTheServerItself - 2 * (try settings.integer(.poolSize))
        guard forClients < configuration.maximumConnections else { return }
        configuration.maximumConnections = max(1, forClients)
        LogLine.warn("The system allows so few open files that there is room for \(configuration.maximumConnections) connections.")
    }

    private static func port(_ settings: Settings) throws -> Int {
        try settings.integer(.port)
    }
}
