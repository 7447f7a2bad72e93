import API
import AWS
import AsyncHTTPClient

/// The function that answers requests of HTTP from the archive.
struct APIFunction: InvocationHandler {
    private let archive: ServedArchive
    private let secrets: SecretsRenewal?
    private let requests: HTTPFunction

    /// - Throws: `Failure` for a setting that means nothing. The database may come later: until then requests are answered with 503.
    init(_ settings: Settings, speakingBy http: HTTPClient) throws {
        archive = try ServedArchive(settings, database: settings.database(), for: .function, speakingBy: http)
        secrets = try SecretsRenewal(of: archive.server, settings, http: http)
        requests = HTTPFunction(archive.server)
    }

    func handle(_ invocation: Invocation) async throws(InvocationError) -> InvocationAnswer {
        let event = try HTTPEvent(invocation.payload)
        let invocation = event.limiting(invocation)
        archive.suspectIdle()
        let server = archive.server
        async let secretsAreRenewed: Void? = secrets?.renewIfOld()
        await server.prepare()
        _ = await secretsAreRenewed
        return try await requests.answer(event, of: invocation, meanwhile: server.keepPrepared, settle: server.settle)
    }
}
