/// Who somebody is, as the provider says.
struct SignedInIdentity: Codable, Hashable, Sendable {
    /// Names the account at the provider.
    var subject: String
    /// Verified, in small letters.
    var email: String
    var name: String?
    /// The domain that the account belongs to.
    var hostedDomain: String?
    var groups: [String]
}
