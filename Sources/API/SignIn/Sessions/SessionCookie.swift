internal import Domain
internal import Hummingbird

/// The cookie that holds a session.
struct SessionCookie: Sendable {
    enum Finding: Sendable {
        case none
        case open(ReaderSession)
        case refused(AccessRefusal)
    }

    let lifetime: SessionLifetime
    private let cookie: SealedCookie

    init(secrets: [String], lifetime: SessionLifetime) {
        self.lifetime = lifetime
        cookie = SealedCookie(name: "__Host-xmonitor", secrets: secrets)
    }

    func find(in request: Request, at now: Timestamp) -> Finding {
        guard let session: ReaderSession = cookie.contents(of: request) else {
            return cookie.value(in: request) == nil ? .none : .refused(AccessRefusal(code: "session_unreadable"))
        }
        guard now < lifetime.end(of: session) else {
            return .refused(AccessRefusal(code: "session_expired", subject: session.identity.email))
        }
        return .open(session)
    }

    func opening(_ session: ReaderSession, at now: Timestamp) throws -> String {
        let rest = lifetime.end(of: session).microseconds - now.microseconds
        return try cookie.setting(session, for: .microseconds(rest))
    }

    var clearing: String { cookie.clearing }
}
