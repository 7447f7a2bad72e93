public import AsyncHTTPClient
internal import Domain
internal import Encoding
internal import Hummingbird

/// Sign-in with OpenID Connect: the authorization code flow with PKCE.
///
/// It needs no database: what is under way, and who is signed in, is in cookies; who may enter is configuration. What it refuses is told the
/// audit where there is one.
public struct SignIn: Sendable {
    let configuration: SignInConfiguration
    let provider: Provider
    let sessions: SessionCookie
    let attempts: SealedCookie

    /// - Parameter http: speaks to the provider; its owner shuts it down.
    public init(_ configuration: SignInConfiguration, http: HTTPClient) {
        self.configuration = configuration
        provider = Provider(issuer: configuration.issuer, http: http)
        sessions = SessionCookie(
            secrets: configuration.sessionKeys,
            lifetime: SessionLifetime(idle: configuration.sessionIdle, maximum: configuration.sessionMaximum))
        attempts = SealedCookie(name: "__Host-xmonitor-sign-in", secrets: configuration.sessionKeys)
    }

    /// How a client that speaks to providers is to be made: it neither follows redirects nor waits for long.
    public static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(3), read: .seconds(4)))
        configuration.httpVersion = .http1Only
        // A reader waits: a refused connection is reported at once, and the reader tries again.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// Where a reader goes to sign in.
    ///
    /// - Parameter asAnother: whether the provider is to ask which account is meant.
    func authorizationAddress(_ attempt: SignInAttempt, asAnother: Bool) async throws(SignInRefusal) -> String {
        let endpoint = try await provider.metadata.current().authorizationEndpoint
        var parameters = [
            ("response_type", "code"), ("client_id", configuration.clientID), ("redirect_uri", configuration.redirectAddress),
            ("scope", configuration.scopes), ("state", attempt.state), ("nonce", attempt.nonce), ("code_challenge", attempt.challenge),
            ("code_challenge_method", "S256"),
        ]
        // Google then offers the accounts of the domain alone. The claim is checked all the same.
        if configuration.admission.domains.count == 1 { parameters.append(("hd", configuration.admission.domains[0])) }
        if asAnother { parameters.append(("prompt", "select_account")) }
        return endpoint.withQuery(parameters)
    }

    /// The attempt that a browser comes back with.
    func attempt(of request: Request, state: String?, at now: Timestamp) throws(SignInRefusal) -> SignInAttempt {
        guard let attempt: SignInAttempt = attempts.contents(of: request) else { throw SignInRefusal(.stateMissing) }
        guard !attempt.hasExpired(at: now) else { throw SignInRefusal(.stateExpired) }
        guard let state, state.hasSameBytes(as: attempt.state) else { throw SignInRefusal(.stateMismatch) }
        return attempt
    }

    /// Ends an attempt with what the provider answered.
    func identity(_ answer: QueryParameters, of attempt: SignInAttempt, at now: Timestamp) async throws(SignInRefusal) -> SignedInIdentity {
        if let issuer = answer.text("iss") {
            guard issuer.hasSameBytes(as: configuration.issuer) else { throw SignInRefusal(.responseIssuerMismatch, issuer) }
        } else if try await provider.metadata.current().answersNameIssuer {
            throw SignInRefusal(.responseIssuerMismatch, "none")
        }
        if let error = answer.text("error") {
            let isTemporary = ["server_error", "temporarily_unavailable"].contains(error)
            throw SignInRefusal(isTemporary ? .providerUnavailable : .deniedByProvider, error)
        }
        guard let code = answer.text("code") else { throw SignInRefusal(.codeMissing) }
        let tokens = try await provider.redeem(code, of: attempt, for: configuration)
        let verifier = IDTokenVerifier(issuer: configuration.issuer, clientID: configuration.clientID)
        var token = try await verifier.verify(tokens.idToken, nonce: attempt.nonce, keys: provider.keys, at: now)
        if token.claims["email"] == nil, let subject = token.text("sub"),
            let claims = try await provider.userInfo(tokens, subject: subject)
        {
            token.complete(with: claims)
        }
        return try SignedInIdentity(token, groupsClaim: configuration.groupsClaim, preferring: configuration.admission.groups)
    }

    /// Where the session at the provider ends; nil where it offers none, or is not reached.
    func endSessionAddress() async -> String? {
        guard let endpoint = try? await provider.metadata.current().endSessionEndpoint else { return nil }
        return endpoint.withQuery([
            ("client_id", configuration.clientID), ("post_logout_redirect_uri", configuration.publicURL + "/"),
        ])
    }

    /// Renews the cookie of a session, in an answer that is for its holder alone.
    func renewing(_ session: ReaderSession, in response: Response, at now: Timestamp) -> Response {
        guard sessions.lifetime.isStale(session, at: now), response.headers[values: .setCookie].isEmpty,
            let caching = response.headers[.cacheControl], caching.contains("private") || caching.contains("no-store")
        else { return response }
        var (session, response) = (session, response)
        session.seenAt = now
        if let cookie = try? sessions.opening(session, at: now) { response.headers[values: .setCookie].append(cookie) }
        return response
    }
}

extension String {
    fileprivate func withQuery(_ parameters: [(String, String)]) -> String {
        self + (contains("?") ? "&" : "?") + parameters.map { "\($0)=\($1.percentEncoded())" }.joined(separator: "&")
    }
}
