internal import Domain

/// How long sessions last.
struct SessionLifetime: Hashable, Sendable {
    /// From the last use, and from the opening.
    var idle, maximum: Duration

    func end(of session: ReaderSession) -> Timestamp {
        min(session.seenAt.advanced(by: idle), session.openedAt.advanced(by: maximum))
    }

    /// Whether the cookie is due for renewal: in time before the session ends, and not at each request.
    func isStale(_ session: ReaderSession, at now: Timestamp) -> Bool {
        now >= session.seenAt.advanced(by: min(.seconds(300), idle / 4))
    }
}

extension Timestamp {
    fileprivate func advanced(by duration: Duration) -> Timestamp {
        Timestamp(microseconds: microseconds + Int64(duration / .microseconds(1)))
    }
}
