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
