internal import Domain

/// A reader who signed in. The whole of it is a cookie: no server keeps any.
struct ReaderSession: Codable, Hashable, Sendable {
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
