internal import Domain

/// A reader who signed in. The whole of it is a cookie: no server keeps any.
struct Session: Codable, Hashable, Sendable {
    /// Tells two sessions of one reader apart, in logs and limits.
    var id: String
    var identity: SignedInIdentity
    /// Microseconds, as of `Timestamp`.
    private var opened: Int64
    private var seen: Int64

    init(of identity: SignedInIdentity, at now: Timestamp) {
        id = RandomText.make(bytes: 12)
        self.identity = identity
        opened = now.microseconds
        seen = now.microseconds
    }

    var openedAt: Timestamp { Timestamp(microseconds: opened) }

    /// When it was last seen, to some minutes: the cookie is not made anew for each request.
    var seenAt: Timestamp {
        get { Timestamp(microseconds: seen) }
        set { seen = newValue.microseconds }
    }
}

/// How long sessions last.
struct SessionLifetime: Hashable, Sendable {
    /// From the last use, and from the opening.
    var idle, maximum: Duration

    func end(of session: Session) -> Timestamp {
        min(session.seenAt.advanced(by: idle), session.openedAt.advanced(by: maximum))
    }

    /// Whether the cookie is due for renewal: in time before the session ends, and not at each request.
    func isStale(_ session: Session, at now: Timestamp) -> Bool {
        now >= session.seenAt.advanced(by: min(.seconds(300), idle / 4))
    }
}

extension Timestamp {
    fileprivate func advanced(by duration: Duration) -> Timestamp {
        Timestamp(microseconds: microseconds + Int64(duration / .microseconds(1)))
    }
}
