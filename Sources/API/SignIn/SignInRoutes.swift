internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

extension Server {
    /// Sends a reader to the provider.
    @Sendable func beginSignIn(_ request: Request, _ context: APIContext) async throws -> Response {
        let signIn = try requireSignIn()
        let path = ReturnPath.own(context.query.text("return"), publicURL: signIn.configuration.publicURL)
        let attempt = SignInAttempt(returnPath: path, at: .now)
        do {
            let address = try await signIn.authorizationAddress(attempt, asAnother: context.caller.session != nil)
            var response = Self.redirect(to: address)
            response.headers[values: .setCookie].append(try signIn.attempts.setting(attempt, for: SignInAttempt.lifetime))
            return response
        } catch let refusal as SignInRefusal {
            return refuse(refusal, at: path, signIn, context)
        }
    }

    /// Takes a reader back from the provider.
    @Sendable func endSignIn(_ request: Request, _ context: APIContext) async throws -> Response {
        let signIn = try requireSignIn()
        let now = Timestamp.now
        let attempt: SignInAttempt
        do throws(SignInRefusal) {
            attempt = try signIn.attempt(of: request, state: context.query.text("state"), at: now)
        } catch {
            // The attempt of the cookie goes on: this is not the answer to it.
            return refuse(error, at: ReturnPath.own(nil, publicURL: signIn.configuration.publicURL), signIn, context)
        }
        var response: Response
        do throws(SignInRefusal) {
            let identity = try await signIn.identity(context.query, of: attempt, at: now)
            response = try open(ReaderSession(of: identity, at: now), at: attempt.returnPath, signIn, context)
        } catch {
            response = refuse(error, at: attempt.returnPath, signIn, context)
        }
        response.headers[values: .setCookie].append(signIn.attempts.clearing)
        return response
    }

    /// A reader who may not enter gets a session too: the page says who is signed in, and whom to ask.
    private func open(
        _ session: ReaderSession, at path: String, _ signIn: SignIn, _ context: APIContext
    ) throws(SignInRefusal) -> Response {
        let refusal = signIn.configuration.admission.refusal(of: session.identity)
        observe(.signIn(id: context.requestID, principal: session.identity.email, mayRead: refusal == nil))
        if let refusal { note(refusal.accessRefusal, context) }
        var response = Self.redirect(to: ReturnPath.address(path, publicURL: signIn.configuration.publicURL))
        guard let cookie = try? signIn.sessions.opening(session, at: session.openedAt) else { throw SignInRefusal(.tokenMalformed) }
        response.headers[values: .setCookie].append(cookie)
        return response
    }

    private func refuse(_ refusal: SignInRefusal, at path: String, _ signIn: SignIn, _ context: APIContext) -> Response {
        note(refusal.accessRefusal, context)
        return Self.redirect(to: ReturnPath.address(path, publicURL: signIn.configuration.publicURL, outcome: refusal.outcome))
    }

    /// Forgets the session, and says where the one at the provider ends.
    @Sendable func signOut(_ request: Request, _ context: APIContext) async throws -> Response {
        try SameOrigin.require(request, publicURL: configuration.publicURL)
        let address = await signIn?.endSessionAddress()
        var writer = JSONWriter()
        writer.object { $0.member("end_session_url", address) }
        var response = Response(json: writer)
        if let signIn {
            response.headers[values: .setCookie] += [signIn.sessions.clearing, signIn.attempts.clearing]
        }
        return response
    }

    private func requireSignIn() throws -> SignIn {
        guard let signIn else {
            throw Problem(.notFound, "Nobody signs in here: this server has no provider, as XMONITOR_READ_ACCESS is not oidc.")
        }
        return signIn
    }

    /// An answer that nobody keeps: it leads on once.
    private static func redirect(to address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address, .cacheControl: "no-store"])
    }
}
