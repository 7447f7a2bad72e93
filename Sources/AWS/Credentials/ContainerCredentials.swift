internal import AsyncHTTPClient
internal import JSON
internal import NIOCore
internal import NIOHTTP1

/// The credentials of a task's role: asked for once, and again shortly before they expire.
actor ContainerCredentials {
    private let endpoint: ContainerEndpoint
    private let http: HTTPClient
    private var kept: Kept?
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

    init(_ endpoint: ContainerEndpoint, http: HTTPClient) {
        self.endpoint = endpoint
        self.http = http
    }

    func current() async throws(CredentialError) -> AWSCredentials {
        if let kept, SigningTime.now.advanced(by: Self.margin) < kept.expires { return kept.credentials }
        let asking = self.asking ?? Task { [endpoint, http] in await Self.ask(endpoint, http) }
        self.asking = asking
        let result = await asking.value
        if self.asking == asking { self.asking = nil }
        switch result {
        case .success(let new):
            kept = new
            return new.credentials
        case .failure(let error):
            // What is still good serves until it is not.
            if let kept, SigningTime.now < kept.expires { return kept.credentials }
            throw error
        }
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
        } catch is LateError {
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
