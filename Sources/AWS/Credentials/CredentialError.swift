/// Why there are no credentials.
public struct CredentialError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence: what is missing or failed, and what to do. Never a secret.
    public let description: String

    init(_ description: String) { self.description = description }
}
