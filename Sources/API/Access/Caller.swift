internal import Domain

/// What a request says of who sends it. A wrong credential beside a right one does no harm.
struct Caller: Sendable {
    /// The holders of the credentials that are good.
    var principals: [Principal] = []
    /// What the others were refused for.
    var refusals: [AccessRefusal] = []
    /// Whether some could not be looked at, because the archive was not reached for too long.
    var isUncertain = false
    /// Whether it offers a key, good or not.
    var offersKey = false
    /// The session that its cookie holds.
    var session: Session?
    /// Whether it is the holder of a feed token in the address, good or not.
    var isOfToken = false
}

/// Why a credential, or a request without one, was refused; for the log, not for the caller.
public struct AccessRefusal: Hashable, Sendable {
    /// A stable word, catalogued in `docs/security.md`.
    public var code: String
    /// What it was about: the number and name of a key, an e-mail address; never a secret.
    public var subject: String?

    public init(code: String, subject: String? = nil) {
        self.code = code
        self.subject = subject
    }
}
