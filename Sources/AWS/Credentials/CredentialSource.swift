public import AsyncHTTPClient

/// Where credentials come from: the environment, as in Lambda, and else the endpoint that a container of ECS has.
public struct CredentialSource: Sendable {
    private enum Place: Sendable {
        case environment(AWSCredentials)
        case container(ContainerCredentials)
    }

    private let place: Place

    /// - Parameter http: made with `HTTPClient.Configuration.forAWS`; whoever made it shuts it down.
    /// - Throws: `CredentialError` when `environment` names no source, or one that makes no sense.
    public init(environment: [String: String], http: HTTPClient) throws(CredentialError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let key = value("AWS_ACCESS_KEY_ID") {
            guard let secret = value("AWS_SECRET_ACCESS_KEY") else {
                throw CredentialError("AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not. Set both, or neither.")
            }
            place = .environment(AWSCredentials(accessKeyID: key, secretAccessKey: secret, sessionToken: value("AWS_SESSION_TOKEN")))
        } else if let endpoint = try ContainerEndpoint(environment: environment) {
            place = .container(ContainerCredentials(endpoint, http: http))
        } else {
            throw CredentialError(
                "There are no credentials of AWS: neither AWS_ACCESS_KEY_ID nor AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is set. Give the function or the task a role."
            )
        }
    }

    /// Credentials that are good for some minutes at least.
    public func current() async throws(CredentialError) -> AWSCredentials {
        switch place {
        // Lambda sets them once, for as long as the instance lives.
        case .environment(let credentials): credentials
        case .container(let container): try await container.current()
        }
    }
}
