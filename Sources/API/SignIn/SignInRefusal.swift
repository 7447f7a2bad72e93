/// The reason why a sign-in failed. The log has the code and the detail; the reader learns the outcome alone.
struct SignInRefusal: Error, Hashable, Sendable {
    /// Catalogued in `docs/security.md`.
    enum Code: String, CaseIterable, Sendable {
        case stateMissing = "state_missing"
        case stateExpired = "state_expired"
        case stateMismatch = "state_mismatch"
        case nonceMismatch = "nonce_mismatch"
        case responseIssuerMismatch = "response_issuer_mismatch"
        case deniedByProvider = "denied_by_provider"
        case codeMissing = "code_missing"
        case codeRefused = "code_refused"
        case clientRefused = "client_refused"
        case tokenMalformed = "token_malformed"
        case tokenUnsigned = "token_unsigned"
        case algorithmRefused = "algorithm_refused"
        case keyUnknown = "key_unknown_to_provider"
        case signatureInvalid = "signature_invalid"
        case issuerMismatch = "issuer_mismatch"
        case audienceMismatch = "audience_mismatch"
        case authorisedPartyMismatch = "azp_mismatch"
        case tokenExpired = "token_expired"
        case tokenNotYetValid = "token_not_yet_valid"
        case emailMissing = "email_missing"
        case emailUnverified = "email_unverified"
        case domainNotAllowed = "domain_not_allowed"
        case emailNotAllowed = "email_not_allowed"
        case groupNotAllowed = "group_not_allowed"
        case providerUnavailable = "provider_unavailable"
    }

    /// The parameter `sign_in` in the address of the page.
    enum Outcome: String, Sendable {
        case denied, expired, failed, unavailable
    }

    var code: Code
    /// What it was about; never a secret.
    var detail: String?

    init(_ code: Code, _ detail: String? = nil) {
        self.code = code
        self.detail = detail.map { String($0.prefix(Self.maximumDetail)) }
    }

    /// Letters of foreign text in a line of the log, at most.
    private static let maximumDetail = 300

    var outcome: Outcome {
        switch code {
        case .stateMissing, .stateExpired: .expired
        case .deniedByProvider, .emailMissing, .emailUnverified, .domainNotAllowed, .emailNotAllowed, .groupNotAllowed: .denied
        case .providerUnavailable: .unavailable
        default: .failed
        }
    }

    var accessRefusal: AccessRefusal { AccessRefusal(code: code.rawValue, subject: detail) }
}
