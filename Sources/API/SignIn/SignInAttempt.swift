internal import Crypto
internal import Domain
internal import Foundation
internal import Hummingbird

/// A sign-in under way, as the browser that began it keeps it: any copy of the server can end it, and no other browser can.
struct SignInAttempt: Codable, Hashable, Sendable {
    /// Comes back with the answer of the provider.
    var state = RandomText.make()
    /// Comes back in the token.
    var nonce = RandomText.make()
    /// The code verifier of PKCE (RFC 7636): the client that redeems the code is the one that asked for it.
    var verifier = RandomText.make()
    /// Where the reader wants to be.
    var returnPath: String
    private var begun: Int64

    static let lifetime: Duration = .seconds(600)

    init(returnPath: String, at now: Timestamp) {
        self.returnPath = returnPath
        begun = now.microseconds
    }

    /// The code challenge: SHA-256 of the verifier.
    var challenge: String { Base64URL.encode(SHA256.hash(data: Data(verifier.utf8))) }

    func hasExpired(at now: Timestamp) -> Bool {
        now.microseconds - begun > Int64(Self.lifetime / .microseconds(1))
    }
}
