import API
import AWS
import AsyncHTTPClient
import Postgres

/// The function that signs readers in. It stands where the provider can be reached and the database cannot, and needs none: who is signed in
/// is in cookies. It has the routes of the sign-in and no other.
struct AuthFunction: InvocationHandler {
    private let secrets: SecretsRenewal?
    private let requests: HTTPFunction

    /// - Throws: `Failure` for a setting that means nothing.
    init(_ settings: Settings, speakingBy http: HTTPClient) throws {
        let archive = try ServedArchive(settings, database: Self.noDatabase(settings), for: .function, speakingBy: http) {
            $0.routes = .signIn
        }
        secrets = try SecretsRenewal(of: archive.server, settings, http: http)
        requests = HTTPFunction(archive.server)
    }

    /// Nothing connects to it; what did so all the same would be answered with 503.
    private static func noDatabase(_ settings: Settings) throws -> ConnectionOptions { try settings.connectionOptions("host=/nonexistent") }

    func handle(_ invocation: Invocation) async throws(InvocationError) -> InvocationAnswer {
        let event = try HTTPEvent(invocation.payload)
        let invocation = event.limiting(invocation)
        await secrets?.renewIfOld()
        return try await requests.answer(event, of: invocation)
    }
}
