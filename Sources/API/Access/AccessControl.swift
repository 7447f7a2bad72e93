internal import Domain
internal import HTTPTypes
internal import Hummingbird

/// Identifies the caller of a request, and authorises it for the scope of a route.
struct AccessControl: Sendable {
    let readAccess: ReadAccess
    let ring: KeyRing
    let usage = KeyUsage()
    /// Nil where nobody ever signs in.
    var secrets: CurrentSecrets?
    /// Whom the page names to readers who may not enter.
    var contact: String?

    private var signIn: SignIn? { secrets?.signIn }

    /// Looks up every credential of the request. A token in the address speaks alone: it says which view is meant.
    ///
    /// - Parameter takesToken: whether the address is that of a syndication feed.
    func identify(_ request: Request, at now: Timestamp, takesToken: Bool = false) -> Caller {
        var caller = Caller()
        if takesToken, let token = Credentials.token(request) {
            (caller.isOfToken, caller.offersKey) = (true, true)
            note(ring.find(token, at: now), at: now, in: &caller)
            return caller
        }
        for key in Credentials.keys(request) {
            caller.offersKey = true
            note(ring.find(key, at: now), at: now, in: &caller)
        }
        identifySession(request, at: now, &caller)
        return caller
    }

    private func note(_ finding: KeyRing.Finding, at now: Timestamp, in caller: inout Caller) {
        switch finding {
        case .good(let principal) where caller.isOfToken && principal.view == nil:
            // Addresses are written into logs, histories and bookmarks, where no key belongs.
            caller.refusals.append(AccessRefusal(code: "key_in_address", subject: principal.logName))
        case .good(let principal):
            usage.note(principal, at: now)
            caller.principals.append(principal)
        case .refused(let refusal): caller.refusals.append(refusal)
        case .uncertain: caller.isUncertain = true
        }
    }

    /// A cookie that is no session is as good as none; the log says why.
    private func identifySession(_ request: Request, at now: Timestamp, _ caller: inout Caller) {
        guard let signIn else { return }
        switch signIn.sessions.find(in: request, at: now) {
        case .none: break
        case .refused(let refusal): caller.refusals.append(refusal)
        case .open(let session):
            let email = session.identity.email
            switch ring.hasEnded(sessionOf: email, openedAt: session.openedAt) {
            case true?: return caller.refusals.append(AccessRefusal(code: "session_ended", subject: email))
            case nil: caller.isUncertain = true
            case false?:
                // A cookie never writes: browsers send it with requests that pages of others make.
                let refusal = signIn.configuration.admission.refusal(of: session.identity)
                let identity = Principal.Identity.session(email: email, session: session.id)
                caller.principals.append(Principal(identity: identity, scopes: refusal == nil ? [.read] : []))
                if let refusal { caller.refusals.append(refusal.accessRefusal) }
            }
            caller.session = session
        }
    }

    /// Whether the holder of a session may enter.
    func admits(_ session: ReaderSession) -> Bool {
        signIn?.configuration.admission.refusal(of: session.identity) == nil
    }

    /// The principal that the request is handled for.
    ///
    /// - Parameter scope: what the route needs; nil for one that is open to everybody.
    /// - Throws: `Problem` when none of its credentials has the scope.
    func authorise(_ caller: Caller, for scope: Scope?) throws(Problem) -> Principal {
        guard let scope else { return caller.principals.first ?? .nobody }
        if let principal = caller.principals.first(where: { $0.may(scope) }) { return principal }
        if isOpen(to: scope), !caller.isOfToken { return caller.principals.first ?? .nobody }
        if caller.isUncertain {
            throw Problem(
                .unavailable,
                "Whether this \(caller.offersKey ? "key" : "session") is good cannot be looked up at the moment; send the request again.")
        }
        guard scope != .ingest || ring.holds(.ingest) else {
            throw Problem(
                .ingestDisabled,
                "This server takes no writes: it has no ingest key. Its operator makes one with `xmonitor keys create`, or sets XMONITOR_API_KEY."
            )
        }
        if let principal = caller.principals.first {
            throw Problem(.forbidden, lacking(scope, principal))
        }
        guard !caller.offersKey else { throw Problem(.unauthorized, "This key is not known here.") }
        throw Problem(.unauthorized, unauthorised(scope))
    }

    /// Whether routes of `scope` answer without a credential.
    func isOpen(to scope: Scope?) -> Bool {
        switch scope {
        case nil: true
        case .read, .feed: readAccess.isForEverybody
        case .ingest, .ops: false
        }
    }

    private func lacking(_ scope: Scope, _ principal: Principal) -> String {
        switch principal.identity {
        case .session where principal.scopes.isEmpty:
            "You are signed in as \(principal.name), who may not read here. Ask \(contact ?? "the operator of this server")."
        case .session: "Signed in as \(principal.name), you may read. This needs a key with the scope \(scope.rawValue)."
        default: "This key has not the scope \(scope.rawValue), which this address needs."
        }
    }

    private func unauthorised(_ scope: Scope) -> String {
        let key = "Send a key with the scope \(scope.rawValue) as the header x-api-key, or as Authorization: Bearer KEY."
        return scope == .read && readAccess == .oidc ? "Sign in at /v1/auth/sign-in. " + key : key
    }
}
