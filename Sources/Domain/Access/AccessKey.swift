/// A key of a program, or the token of a syndication feed, as the archive keeps it: without its secret.
public struct AccessKey: Hashable, Sendable {
    public var id: Int64
    /// The first letters of the secret, by which its holder recognises it.
    public var prefix: String
    /// SHA-256 of the secret in hexadecimal, 64 small letters and digits.
    public var digest: String
    /// Whose or what it is.
    public var name: String
    public var scopes: Set<Scope>
    /// The query of the one view that a feed token shows; nil for keys.
    public var view: String?
    /// The e-mail address of the reader whose feed token it is; nil for keys of the operator.
    public var owner: String?
    public var createdBy: String
    public var createdAt: Timestamp
    /// From when on it is refused; nil for never.
    public var expiresAt: Timestamp?
    /// From when on it is refused, because somebody said so. It may lie ahead, after a rotation.
    public var revokedAt: Timestamp?
    public var lastUsedAt: Timestamp?

    public init(
        id: Int64, prefix: String, digest: String, name: String, scopes: Set<Scope>, view: String? = nil, owner: String? = nil,
        createdBy: String, createdAt: Timestamp, expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil, lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.prefix = prefix
        self.digest = digest
        self.name = name
        self.scopes = scopes
        self.view = view
        self.owner = owner
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
    }

    /// Why a key is refused.
    public enum Refusal: String, Hashable, Sendable {
        case unknown = "key_unknown"
        case expired = "key_expired"
        case revoked = "key_revoked"
    }

    /// Why it is refused at `now`; nil while it is good.
    public func refusal(at now: Timestamp) -> Refusal? {
        if let revokedAt, revokedAt <= now { return .revoked }
        if let expiresAt, expiresAt <= now { return .expired }
        return nil
    }
}
