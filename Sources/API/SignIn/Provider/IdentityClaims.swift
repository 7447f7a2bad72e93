internal import Domain
internal import JSON

/// Who a provider says that somebody is, out of the claims of a token.
extension SignedInIdentity {
    private static let maximumName = 100
    private static let maximumEmail = 254
    /// A cookie has to hold all of it.
    private static let maximumGroupBytes = 1_000

    /// - Parameter groups: those that the configuration names are kept before all others, of which there may be too many.
    init(_ token: IDToken, groupsClaim: String, preferring groups: [String]) throws(SignInRefusal) {
        guard let subject = token.text("sub"), subject.utf8.count <= 255 else { throw SignInRefusal(.tokenMalformed, "sub is missing") }
        guard let email = token.text("email")?.asciiLowercased, Self.isAddress(email) else { throw SignInRefusal(.emailMissing, subject) }
        guard token.isTrue("email_verified") else { throw SignInRefusal(.emailUnverified, email) }
        self.subject = subject
        self.email = email
        name = token.text("name").map { String($0.filter { !$0.isNewline }.prefix(Self.maximumName)) }
        hostedDomain = token.text("hd")?.asciiLowercased
        let all = token.texts(groupsClaim)
        let preferred = all.filter { group in groups.contains { $0.hasSameBytes(as: group) } }
        var rest = Self.maximumGroupBytes
        self.groups = (preferred + all.filter { !preferred.contains($0) }).prefix { group in
            rest -= group.utf8.count + 3
            return rest > 0
        }
    }

    private static func isAddress(_ email: String) -> Bool {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && email.utf8.count <= maximumEmail
            && !email.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
    }
}

extension IDToken {
    /// Adds claims that the token itself lacks.
    mutating func complete(with others: JSONObject) {
        for member in others.members where claims[member.name] == nil {
            switch member.value {
            case .boolean(let value): claims[member.name] = .boolean(value)
            case .string(let value): claims[member.name] = .text(value)
            case .array: claims[member.name] = .texts(member.value.texts)
            default: break
            }
        }
    }
}
