/// How readers sign in (OpenID Connect), and how long that lasts.
public struct SignInConfiguration: Sendable {
    /// The provider, exactly as its metadata and its tokens name it.
    public var issuer: String
    /// What this server is called there. Without a secret it is a public client.
    public var clientID: String
    public var clientSecret: String?
    /// OAuth scopes to ask for, with spaces between.
    public var scopes: String
    /// The claim that lists the groups of a reader.
    public var groupsClaim: String
    /// Who may enter.
    public var admission: Admission
    /// Secrets that cookies are encrypted with: the first encrypts, all decrypt.
    public var sessionKeys: [String]
    /// A session ends when it was not used for so long, and so long after it was opened.
    public var sessionIdle: Duration
    public var sessionMaximum: Duration
    /// What readers reach the server by, without a slash at the end. Every address of a sign-in begins with it.
    public var publicURL: String

    public init(
        issuer: String, clientID: String, clientSecret: String? = nil, scopes: String = "openid email profile",
        groupsClaim: String = "groups", admission: Admission, sessionKeys: [String], sessionIdle: Duration = .seconds(43_200),
        sessionMaximum: Duration = .seconds(604_800), publicURL: String
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
        self.groupsClaim = groupsClaim
        self.admission = admission
        self.sessionKeys = sessionKeys
        self.sessionIdle = sessionIdle
        self.sessionMaximum = sessionMaximum
        self.publicURL = publicURL
    }
}
