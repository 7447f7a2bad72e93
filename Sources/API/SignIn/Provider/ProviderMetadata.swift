internal import Foundation
internal import JSON

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3).
struct ProviderMetadata: Hashable, Sendable {
    var authorizationEndpoint, tokenEndpoint, keysAddress: String
    var userInfoEndpoint, endSessionEndpoint: String?
    /// How clients with a secret may say who they are.
    var authentications: [String]
    /// Whether each answer names the issuer, so that one without is a mix-up (RFC 9207, section 3).
    var answersNameIssuer: Bool

    /// Where it stands.
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

/// Addresses that secrets may be sent to.
public enum ProviderAddress {
    /// HTTPS; plain HTTP on this machine alone, and only where the issuer itself is reached so.
    static func isAcceptable(_ text: String, issuer: String) -> Bool {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.user == nil, url.password == nil,
            url.fragment == nil
        else { return false }
        return url.scheme == "https" || url.scheme == "http" && isLoopback(host) && issuer.hasPrefix("http://")
    }

    public static func isLoopback(_ host: String) -> Bool {
        ["localhost", "::1", "[::1]"].contains(host) || host.wholeMatch(of: /127(\.[0-9]{1,3}){3}/) != nil
    }
}

extension JSONValue {
    /// A text that is not empty.
    var text: String? { if case .string(let text) = self, !text.isEmpty { text } else { nil } }

    /// The texts of an array, or the one.
    var texts: [String] {
        switch self {
        case .array(let values): values.compactMap(\.text)
        default: text.map { [$0] } ?? []
        }
    }
}
