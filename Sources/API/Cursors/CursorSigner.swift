internal import Crypto
internal import Foundation

/// Makes cursors that cannot be forged: base64url of a payload and the first 16 bytes of an HMAC-SHA256 over the payload and its
/// scope, which is what the cursor may be used with.
struct CursorSigner: Sendable {
    private let key: SymmetricKey
    private static let signatureLength = 16

    init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    func close(_ payload: [UInt8], scope: [UInt8]) -> String {
        Base64URL.encode(payload + sign(payload, scope))
    }

    /// The payload.
    ///
    /// - Throws: `Problem` when `cursor` was not made by `close` with this key and this scope.
    func open(_ cursor: String, scope: [UInt8]) throws -> [UInt8] {
        guard let data = Base64URL.decode(cursor), data.count > Self.signatureLength else { throw Self.broken }
        let payload = [UInt8](data.dropLast(Self.signatureLength))
        guard Self.areEqual([UInt8](data.suffix(Self.signatureLength)), sign(payload, scope)) else { throw Self.broken }
        return payload
    }

    private func sign(_ payload: [UInt8], _ scope: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: payload + scope, using: key).prefix(Self.signatureLength))
    }

    /// Compares in constant time.
    private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static let broken = Problem(
        .invalidCursor,
        "The cursor is damaged, belongs to other filters or another order, or was signed with another key. Start again without it.",
        parameter: "cursor")
}
