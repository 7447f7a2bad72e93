/// A key to insert. It has the digest of the secret and never the secret.
public struct NewAccessKey: Hashable, Sendable {
    /// As those of `AccessKey`.
    public var prefix, digest, name: String
    public var scopes: Set<Scope>
    public var view, owner: String?
    public var createdBy: String
    public var expiresAt: Timestamp?

    public init(
        prefix: String, digest: String, name: String, scopes: Set<Scope>, view: String? = nil, owner: String? = nil, createdBy: String,
        expiresAt: Timestamp? = nil
    ) {
        self.prefix = prefix
        self.digest = digest
        self.name = name
        self.scopes = scopes
        self.view = view
        self.owner = owner
        self.createdBy = createdBy
        self.expiresAt = expiresAt
    }
}

extension AccessKey {
    /// Characters of a name, at most.
    public static let longestName = 100

    /// Whether a key may be called that: a line that people can read, none of whose characters controls a terminal.
    public static func isName(_ text: String) -> Bool {
        (1...longestName).contains(text.count) && text.contains { !$0.isWhitespace }
            && text.unicodeScalars.allSatisfy {
                ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
    }

    /// As the audit and the log name it.
    public var subject: String { "\(name) (\(id))" }
}
