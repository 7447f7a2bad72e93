internal import Domain

/// Who may enter: whoever one of the lists names. It is asked at each request, so that a changed list holds for open sessions too.
public struct Admission: Hashable, Sendable {
    /// Hosted domains, by the claim `hd`. An e-mail suffix is none: anybody may have an account with the provider under any address.
    public var domains: [String]
    /// E-mail addresses.
    public var emails: [String]
    public var groups: [String]
    /// Whether whoever the provider lets sign in may enter.
    public var isForEverybody: Bool

    /// Domains and addresses know no case.
    public init(domains: [String] = [], emails: [String] = [], groups: [String] = [], isForEverybody: Bool = false) {
        self.domains = domains.map(\.asciiLowercased)
        self.emails = emails.map(\.asciiLowercased)
        self.groups = groups
        self.isForEverybody = isForEverybody
    }

    /// Whether nobody may enter.
    public var isEmpty: Bool { !isForEverybody && domains.isEmpty && emails.isEmpty && groups.isEmpty }

    /// Why this reader may not enter; nil when he may.
    func refusal(of identity: SignedInIdentity) -> SignInRefusal? {
        let mayEnter =
            isForEverybody || emails.contains { $0.hasSameBytes(as: identity.email) }
            || domains.contains { domain in identity.hostedDomain.map { $0.hasSameBytes(as: domain) } ?? false }
            || groups.contains { group in identity.groups.contains { $0.hasSameBytes(as: group) } }
        guard !mayEnter else { return nil }
        let code: SignInRefusal.Code =
            if !domains.isEmpty { .domainNotAllowed } else if !groups.isEmpty { .groupNotAllowed } else { .emailNotAllowed }
        return SignInRefusal(code, identity.email)
    }
}

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

extension String {
    /// Byte by byte: `==` holds texts to be equal that Unicode calls canonically equivalent.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
