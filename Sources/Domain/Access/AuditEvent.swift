public import JSON

/// Something that was done to access or by operators, or was refused.
public struct AuditEvent: Hashable, Sendable {
    /// A stable word, catalogued in `docs/security.md`.
    public enum Action: String, CaseIterable, Sendable {
        case keyCreated = "key.created"
        case keyRotated = "key.rotated"
        case keyRevoked = "key.revoked"
        case sessionFirstUsed = "session.first_used"
        case sessionsRevoked = "sessions.revoked"
        case accessRefused = "access.refused"
        case postsPurged = "posts.purged"
        case postsErased = "posts.erased"
        case postsReadmitted = "posts.readmitted"
        case handleBlocked = "handle.blocked"
        case handleUnblocked = "handle.unblocked"
        case momentsMended = "moments.mended"
    }

    public var action: Action
    /// In whose name.
    public var principal: String
    /// What it happened to: a key, a handle, an e-mail address; never a secret.
    public var subject: String?
    /// The rest.
    public var details: JSONObject

    public init(_ action: Action, by principal: String, of subject: String? = nil, _ details: JSONObject = JSONObject()) {
        self.action = action
        self.principal = principal
        self.subject = subject
        self.details = details
    }
}
