internal import AsyncHTTPClient
internal import JSON
internal import NIOCore
internal import NIOHTTP1
internal import TimeLimit

/// The credentials of a task's role: asked for once, and again shortly before they expire.
actor ContainerCredentials {
    private let endpoint: ContainerEndpoint
    private let http: HTTPClient
    /// How long a failure is believed: who asks often would otherwise wait for the same one each time.
    private let pause: Duration
    private var kept: Kept?
    private var failed: (error: CredentialError, at: ContinuousClock.Instant)?
    /// The one request under way; all who need it wait for it.
    private var asking: Task<Result<Kept, CredentialError>, Never>?

    struct Kept: Sendable {
        var credentials: AWSCredentials
        var expires: SigningTime
    }

    /// New ones are asked for so long before the end. ECS has them ready some minutes before.
    static let margin: Int64 = 300
    private static let patience: Duration = .seconds(4)
    private static let maximumBytes = 64 << 10

    init(_ endpoint: ContainerEndpoint, http: HTTPClient, pause: Duration = .seconds(10)) {
        self.endpoint = endpoint
        self.http = http
        self.pause = pause
    }

    func current() async throws(CredentialError) -> AWSCredentials {
        if let kept, SigningTime.now.advanced(by: Self.margin) < kept.expires { return kept.credentials }
        switch await answer() {
        case .success(let new): return new.credentials
        case .failure(let error):
            // What is still good serves until it is not.
            if let kept, SigningTime.now < kept.expires { return kept.credentials }
            throw error
        }
    }

    /// What the endpoint says. Who is cancelled does not wait for it; the others do.
    private func answer() async -> Result<Kept, CredentialError> {
        if let failed, .now - failed.at < pause { return .failure(failed.error) }
        let asking = self.asking ?? Task { await renew() }
        self.asking = asking
        let (answers, continuation) = AsyncStream<Result<Kept, CredentialError>>.makeStream()
        Task {
            continuation.yield(await asking.value)
            continuation.finish()
        }
        for await answer in answers { return answer }
        return .failure(Self.failure("was not waited for"))
    }

    private func renew() async -> Result<Kept, CredentialError> {
        let result = await Self.ask(endpoint, http)
        asking = nil
        switch result {
        case .success(let new): (kept, failed) = (new, nil)
        case .failure(let error): failed = (error, .now)
        }
        return result
    }

    private static func ask(_ endpoint: ContainerEndpoint, _ http: HTTPClient) async -> Result<Kept, CredentialError> {
        do throws(CredentialError) {
            var request = HTTPClientRequest(url: endpoint.address)
            if let token = try endpoint.authorization() { request.headers.add(name: "Authorization", value: token) }
            return .success(try read(await answer(to: request, http)))
        } catch {
            return .failure(error)
        }
    }

    private static func answer(to request: HTTPClientRequest, _ http: HTTPClient) async throws(CredentialError) -> [UInt8] {
        let status: Int
        let bytes: [UInt8]
        do {
            (status, bytes) = try await withTimeLimit(patience) {
                let response = try await http.execute(request, deadline: .distantFuture)
                let body = try await response.body.collect(upTo: maximumBytes)
                return (Int(response.status.code), Array(body.readableBytesView))
            }
        } catch is TimeLimitError {
            throw failure("did not answer within \(patience.components.seconds) s")
        } catch {
            throw failure("cannot be asked: \(error)")
        }
        guard status == 200 else { throw failure("answered with status \(status)") }
        return bytes
    }

    private static func read(_ bytes: [UInt8]) throws(CredentialError) -> Kept {
        guard case .object(let object)? = try? JSONReader.read(bytes), case .string(let key)? = object["AccessKeyId"],
            case .string(let secret)? = object["SecretAccessKey"], case .string(let token)? = object["Token"],
            case .string(let end)? = object["Expiration"], let expires = SigningTime(iso8601: end)
        else { throw failure("answered with something that is no set of credentials") }
        return Kept(credentials: AWSCredentials(accessKeyID: key, secretAccessKey: secret, sessionToken: token), expires: expires)
    }

    private static func failure(_ what: String) -> CredentialError {
        CredentialError("The endpoint for the credentials of this container \(what). Does the task have a role?")
    }
}
