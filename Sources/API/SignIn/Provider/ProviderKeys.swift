internal import Foundation
internal import JWTKit

/// The keys that a provider signs with (RFC 7517).
struct ProviderKeys: Sendable {
    private let keys: [JWK]

    private static let maximumCount = 100

    /// Keys of kinds that are not known here, and keys to encrypt with, are not among them: neither is any symmetric one.
    init(json: [UInt8]) throws {
        keys = try JSONDecoder().decode(Document.self, from: Data(json)).keys.prefix(Self.maximumCount).compactMap(\.signing)
    }

    /// The key that signed a token; nil when none fits, or when several do and the token does not say which.
    func find(identifier: String?, algorithm: JWK.Algorithm) -> JWK? {
        let candidates = keys.filter { key in
            key.keyType == algorithm.keyType
                && (identifier == nil || key.keyIdentifier.map { $0.string.hasSameBytes(as: identifier ?? "") } ?? false)
        }
        return candidates.count == 1 ? candidates[0] : nil
    }

    private struct Document: Decodable {
        var keys: [Entry]
    }

    private struct Entry: Decodable {
        var signing: JWK?

        private enum CodingKeys: String, CodingKey { case use }

        init(from decoder: any Decoder) throws {
            let use = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .use)
            signing = use == nil || use == "sig" ? try? JWK(from: decoder) : nil
        }
    }
}

extension JWK.Algorithm {
    /// Algorithms with a public key. The holder of a symmetric key could sign as well as verify.
    static let asymmetric: [JWK.Algorithm] = [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512, .es256, .es384, .es512, .eddsa]

    fileprivate var keyType: JWK.KeyType {
        switch rawValue.prefix(2) {
        case "RS", "PS": .rsa
        case "ES": .ecdsa
        default: .octetKeyPair
        }
    }
}
