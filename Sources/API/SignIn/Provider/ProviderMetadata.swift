internal import JSON

/// The metadata of a provider (OpenID Connect Discovery 1.0, section 3).
struct ProviderMetadata: Hashable, Sendable {
    var authorizationEndpoint, tokenEndpoint, keysAddress: String
    var userInfoEndpoint, endSessionEndpoint: String?
    /// Methods of client authentication that the token endpoint takes.
    var authentications: [String]
    /// Whether each answer names the issuer, so that one without is a mix-up (RFC 9207, section 3).
    var answersNameIssuer: Bool

    /// The address of the document.
    static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    init(_ document: JSONObject, issuer: String) throws(SignInRefusal) {
        guard let named = document["issuer"]?.text, named.hasSameBytes(as: issuer) else {
            throw Self.unusable(issuer, "its issuer is \(document["issuer"]?.text ?? "missing")")
        }
        func address(_ name: String) throws(SignInRefusal) -> String? {
            guard let text = document[name]?.text else { return nil }
            guard ProviderAddress.isAcceptable(text, issuer: issuer) else { throw Self.unusable(issuer, "\(name) is \(text)") }
            return text
        }
        func needed(_ name: String) throws(SignInRefusal) -> String {
            guard let text = try address(name) else { throw Self.unusable(issuer, "\(name) is missing") }
            return text
        }
        authorizationEndpoint = try needed("authorization_endpoint")
        tokenEndpoint = try needed("token_endpoint")
        keysAddress = try needed("jwks_uri")
        userInfoEndpoint = try address("userinfo_endpoint")
        endSessionEndpoint = try address("end_session_endpoint")
        authentications = document["token_endpoint_auth_methods_supported"]?.texts ?? ["client_secret_basic"]
        answersNameIssuer = document["authorization_response_iss_parameter_supported"] == .boolean(true)
    }

    private static func unusable(_ issuer: String, _ reason: String) -> SignInRefusal {
        SignInRefusal(.providerUnavailable, "\(address(of: issuer)): \(reason)")
    }
}
