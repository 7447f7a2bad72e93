internal import Domain
internal import JSON

/// The identity that the claims of a token assert.
extension SignedInIdentity {
    /// In bytes of the JSON that a cookie holds, 2,000 together: sealed, and as base64url, that is less than the 4,096 that browsers keep.
    private static let (maximumSubject, maximumEmail, maximumName, maximumDomain, maximumGroups) = (255, 254, 200, 253, 1_000)

    /// - Parameter groups: those that the configuration names are kept before all others, of which there may be too many.
    init(_ token: IDToken, groupsClaim: String, preferring groups: [String]) throws(SignInRefusal) {
        guard let subject = token.text("sub"), Self.size(subject) <= Self.maximumSubject else {
            throw SignInRefusal(.tokenMalformed, "sub is missing or too long")
        }
        guard let email = token.text("email")?.asciiLowercased, Self.isAddress(email) else { throw SignInRefusal(.emailMissing, subject) }
        guard token.isTrue("email_verified") else { throw SignInRefusal(.emailUnverified, email) }
        self.subject = subject
        self.email = email
        name = token.text("name").flatMap(Self.shownName)
        // The beginning of a domain is another domain.
        hostedDomain = token.text("hd").flatMap { Self.size($0) <= Self.maximumDomain ? $0.asciiLowercased : nil }
        let all = token.texts(groupsClaim)
        let preferred = all.filter { group in groups.contains { $0.hasSameBytes(as: group) } }
        var rest = Self.maximumGroups
        self.groups = (preferred + all.filter { !preferred.contains($0) }).prefix { group in
            rest -= Self.size(group) + 3
            return rest > 0
        }
    }

    /// Truncated to whole characters that fit.
    private static func shownName(_ name: String) -> String? {
        var rest = maximumName
        let shown = name.filter { !$0.isNewline }.prefix { character in
            rest -= size(String(character))
            return rest >= 0
        }
        return shown.isEmpty ? nil : String(shown)
    }

    /// The bytes of `text` in JSON, which escapes some.
    private static func size(_ text: String) -> Int {
        text.utf8.reduce(0) { $0 + ($1 < 0x20 ? 6 : $1 == UInt8(ascii: "\"") || $1 == UInt8(ascii: "\\") ? 2 : 1) }
    }

    private static func isAddress(_ email: String) -> Bool {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && size(email) <= maximumEmail
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
