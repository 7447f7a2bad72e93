internal import Domain
internal import Foundation
internal import JSON
internal import JWTKit

/// Whether an ID token is one for this sign-in (OpenID Connect Core 1.0, section 3.1.3.7).
struct IDTokenVerifier: Sendable {
    let issuer, clientID: String

    /// Clock skew that is tolerated, in seconds.
    private static let skew = 60.0

    /// - Parameter keys: those of the provider; asked for newer ones when the token was signed with a key that is not among them.
    func verify(
        _ token: String, nonce: String, keys: RefreshedValue<ProviderKeys>, at now: Timestamp
    ) async throws(SignInRefusal) -> IDToken {
        let header = try Header(of: token)
        var key = try await keys.current().find(identifier: header.keyID, algorithm: header.algorithm)
        if key == nil { key = try await keys.newer().find(identifier: header.keyID, algorithm: header.algorithm) }
        guard var key else { throw SignInRefusal(.keyUnknown, header.keyID) }
        guard key.algorithm == nil || key.algorithm == header.algorithm else {
            throw SignInRefusal(.algorithmRefused, header.algorithm.rawValue)
        }
        key.keyIdentifier = key.keyIdentifier ?? "only"
        let claims: IDToken
        do {
            // It holds this one key, so that no other is taken in its place.
            claims = try await JWTKeyCollection().add(jwk: key).verify(token)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw SignInRefusal(.tokenMalformed, error.reason)
        } catch {
            throw SignInRefusal(.signatureInvalid, header.keyID)
        }
        try check(claims, nonce: nonce, now: Double(now.microseconds) / 1_000_000)
        return claims
    }

    private func check(_ token: IDToken, nonce: String, now: Double) throws(SignInRefusal) {
        guard let named = token.text("iss"), named.hasSameBytes(as: issuer) else {
            throw SignInRefusal(.issuerMismatch, token.text("iss"))
        }
        let audience = token.texts("aud")
        guard audience.contains(where: { $0.hasSameBytes(as: clientID) }) else {
            throw SignInRefusal(.audienceMismatch, audience.joined(separator: " "))
        }
        let party = token.text("azp")
        guard party.map({ $0.hasSameBytes(as: clientID) }) ?? (audience.count == 1 && token.claims["azp"] == nil) else {
            throw SignInRefusal(.authorisedPartyMismatch, party)
        }
        guard let end = token.number("exp"), let issued = token.number("iat") else {
            throw SignInRefusal(.tokenMalformed, "exp or iat is missing")
        }
        guard now < end + Self.skew else { throw SignInRefusal(.tokenExpired, "\(Int64(clamping: now - end)) s ago") }
        for start in [issued, token.number("nbf") ?? issued] where start > now + Self.skew {
            throw SignInRefusal(.tokenNotYetValid, "in \(Int64(clamping: start - now)) s")
        }
        guard let given = token.text("nonce"), given.hasSameBytes(as: nonce) else { throw SignInRefusal(.nonceMismatch) }
    }

    /// Checks the header, before the signature.
    private struct Header {
        var algorithm: JWK.Algorithm
        var keyID: String?

        init(of token: String) throws(SignInRefusal) {
            let parts = token.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let bytes = Base64URL.decode(String(parts[0])),
                case .object(let header)? = try? JSONReader.read(Array(bytes)), header["crit"] == nil
            else { throw SignInRefusal(.tokenMalformed) }
            guard let name = header["alg"]?.text, name.asciiLowercased != "none", !parts[2].isEmpty else {
                throw SignInRefusal(.tokenUnsigned)
            }
            guard let algorithm = JWK.Algorithm.asymmetric.first(where: { $0.rawValue.hasSameBytes(as: name) }) else {
                throw SignInRefusal(.algorithmRefused, name)
            }
            self.algorithm = algorithm
            keyID = header["kid"]?.text
        }
    }
}

extension Int64 {
    /// A provider may write any number.
    fileprivate init(clamping seconds: Double) {
        self = seconds.isFinite ? Int64(exactly: seconds.rounded()) ?? (seconds < 0 ? .min : .max) : .max
    }
}
