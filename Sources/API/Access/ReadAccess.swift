/// Who may read.
public enum ReadAccess: String, CaseIterable, Sendable {
    /// Anybody who reaches the server, on loopback without configuration.
    case open
    /// Anybody who reaches the server, because its operator said so.
    case `public`
    /// Holders of a key with the scope `read`.
    case keys
    /// Readers who signed in, and holders of such a key.
    case oidc

    var isForEverybody: Bool { self == .open || self == .public }
}
