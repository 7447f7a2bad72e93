import API
import AsyncHTTPClient
import Domain
import TimeLimit

/// Gives a running server the secrets of `XMONITOR_SECRETS` anew when what it knows of them is old.
actor SecretsRenewal {
    /// After a failure the next attempt comes sooner, and not with every request.
    private static let pauseAfterFailure: Duration = .seconds(30)
    /// A request may be waiting.
    private static let patience: Duration = .seconds(2)

    private let lifetime: Duration
    private let server: Server
    private let object: SecretsObject
    private let http: HTTPClient
    private var settings: Settings
    /// By the clock on the wall: the other one stands still while a process is frozen.
    private var nextReading: Timestamp

    /// Nil where no object is named.
    ///
    /// - Parameter settings: what `server` was made with, a moment ago.
    init?(of server: Server, _ settings: Settings, http: HTTPClient, at now: Timestamp = .now) throws {
        guard let object = try settings.secretsObject() else { return nil }
        (self.server, self.settings, self.object, self.http) = (server, settings, object, http)
        lifetime = try settings.seconds(.secretsLifetime)
        nextReading = now.advanced(by: lifetime)
    }

    /// Again and again, until the task is cancelled.
    func run() async {
        let interval = min(lifetime, Self.pauseAfterFailure)
        while (try? await Task.sleep(for: interval)) != nil { await renewIfOld() }
    }

    /// Reads them when it is time; a change holds from the next request on. What is wrong with them is in the log, and those before go on.
    func renewIfOld(at now: Timestamp = .now) async {
        // A clock that was set back must not put it off.
        guard now >= nextReading || now.advanced(by: lifetime) < nextReading else { return }
        nextReading = now.advanced(by: lifetime)
        do {
            let secrets = try await read()
            guard secrets != settings.secrets else { return }
            let new = try settings.replacing(secrets: secrets, from: object)
            try ServerRunner.check(new)
            server.take(try new.serverSecrets(http: http))
            settings = new
            LogLine.inform("The secrets in \(object) have changed, and hold from now on.")
        } catch {
            nextReading = now.advanced(by: min(lifetime, Self.pauseAfterFailure))
            LogLine.warn("The secrets stay as they are: \((error as? Failure)?.message ?? "\(error)")")
        }
    }

    private func read() async throws -> [String: String] {
        do { return try await withTimeLimit(Self.patience) { [object] in try await object.read() } } catch is TimeLimitError {
            throw Failure("\(object) could not be read within \(Self.patience.components.seconds) s.")
        }
    }
}

extension Settings {
    /// Those of the secrets that a running server takes over.
    ///
    /// - Throws: `Failure` for one that makes no sense.
    func serverSecrets(http: HTTPClient) throws -> ServerSecrets {
        ServerSecrets(
            ingestKeys: try ingestKeys(), cursorKey: try cursorKey(), signIn: try signIn().map { SignIn($0, http: http) })
    }
}

extension Timestamp {
    fileprivate func advanced(by duration: Duration) -> Timestamp {
        Timestamp(microseconds: microseconds + Int64(duration / .microseconds(1)))
    }
}
