internal import AsyncHTTPClient
internal import JSON

/// The provider that readers sign in at, found by its issuer. What it says of itself is kept for a while; while it cannot be reached each
/// sign-in fails, and the next one tries again.
struct Provider: Sendable {
    let metadata: RefreshedValue<ProviderMetadata>
    let keys: RefreshedValue<ProviderKeys>
    private let client: ProviderClient

    private static let metadataLifetime: Duration = .seconds(3_600)
    /// The longest time for which a withdrawn key of the provider is accepted.
    private static let keysLifetime: Duration = .seconds(300)

    init(issuer: String, http: HTTPClient) {
        let client = ProviderClient(http: http)
        let metadata = RefreshedValue(lifetime: Self.metadataLifetime) { () throws(SignInRefusal) in
            try ProviderMetadata(try await client.get(ProviderMetadata.address(of: issuer)), issuer: issuer)
        }
        keys = RefreshedValue(lifetime: Self.keysLifetime) { () throws(SignInRefusal) in
            let address = try await metadata.current().keysAddress
            let document = try await client.bytes(address)
            guard let keys = try? ProviderKeys(json: document) else {
                throw SignInRefusal(.providerUnavailable, "GET \(address): no set of keys")
            }
            return keys
        }
        self.metadata = metadata
        self.client = client
    }

    struct Tokens: Sendable {
        var idToken: String
        var accessToken: String?
    }

    /// Redeems the code of an attempt (RFC 6749, section 4.1.3).
    func redeem(
        _ code: String, of attempt: SignInAttempt, for configuration: SignInConfiguration
    ) async throws(SignInRefusal) -> Tokens {
        let metadata = try await metadata.current()
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", configuration.redirectAddress),
            ("code_verifier", attempt.verifier),
        ]
        var basic: (String, String)?
        if let secret = configuration.clientSecret, metadata.authentications.contains("client_secret_basic") {
            basic = (configuration.clientID, secret)
        } else {
            form.append(("client_id", configuration.clientID))
            if let secret = configuration.clientSecret { form.append(("client_secret", secret)) }
        }
        let answer = try await client.post(metadata.tokenEndpoint, form, basic: basic)
        guard answer.status == 200 else {
            let error = answer.body["error"]?.text ?? "status \(answer.status)"
            let isOurs = answer.status == 401 || ["invalid_client", "unauthorized_client"].contains(error)
            throw SignInRefusal(isOurs ? .clientRefused : .codeRefused, error)
        }
        guard let token = answer.body["id_token"]?.text else { throw SignInRefusal(.tokenMalformed, "no ID token") }
        return Tokens(idToken: token, accessToken: answer.body["access_token"]?.text)
    }

    /// The claims of a provider that puts none of them into its tokens (OpenID Connect Core 1.0, section 5.3); nil where it has none.
    func userInfo(_ tokens: Tokens, subject: String) async throws(SignInRefusal) -> JSONObject? {
        guard let address = try await metadata.current().userInfoEndpoint, let token = tokens.accessToken else { return nil }
        let claims = try await client.get(address, bearer: token)
        guard claims["sub"]?.text?.hasSameBytes(as: subject) == true else {
            throw SignInRefusal(.tokenMalformed, "the user info is of another subject")
        }
        return claims
    }
}

extension SignInConfiguration {
    /// Where the provider sends readers back to.
    var redirectAddress: String { publicURL + "/api/v1/auth/callback" }
}
