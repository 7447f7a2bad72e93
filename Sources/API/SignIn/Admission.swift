internal import Domain

/// The lists that say who may enter; one of them has to name the reader. Checked at each request, so that a changed list holds for open
/// sessions too.
public struct Admission: Hashable, Sendable {
    /// Hosted domains, by the claim `hd`. An e-mail suffix is none: anybody may have an account with the provider under any address.
    public var domains: [String]
    /// E-mail addresses.
    public var emails: [String]
    public var groups: [String]
    /// Whether every account of the provider may enter.
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

    /// Why this reader may not enter; nil for one who may.
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
