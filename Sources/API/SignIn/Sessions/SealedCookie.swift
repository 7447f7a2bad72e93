internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// A cookie that only servers with its keys can read or make (AES-GCM).
///
/// Its name is part of what is authenticated, and of the key: one cookie cannot stand for another.
struct SealedCookie: Sendable {
    /// Begins with `__Host-`: browsers then hold it to `Secure`, to this host and to `Path=/` (RFC 6265bis, section 4.1.3).
    let name: String
    private let keys: [SymmetricKey]

    /// Most bytes of a cookie that browsers keep, with its name and attributes.
    private static let maximumLength = 4_096

    /// - Parameter secrets: the first encrypts, all decrypt.
    init(name: String, secrets: [String]) {
        self.name = name
        keys = secrets.map { secret in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Data(secret.utf8)), info: Data(name.utf8), outputByteCount: 32)
        }
    }

    /// The header `Set-Cookie`.
    func setting(_ contents: some Encodable, for lifetime: Duration) throws -> String {
        // Safe: without a key in XMONITOR_SESSION_KEYS the server does not start where readers sign in.
        guard let key = keys.first else { preconditionFailure("A cookie needs a key.") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let box = try AES.GCM.seal(encoder.encode(contents), using: key, authenticating: Data(name.utf8))
        // Safe: it is nil for nonces of another size than the standard one alone, and `seal` makes one of that size.
        guard let sealed = box.combined else { preconditionFailure("The nonce has the standard size.") }
        return header(Base64URL.encode(sealed), maximumAge: max(1, lifetime.components.seconds))
    }

    /// The header `Set-Cookie` that makes a browser forget it.
    var clearing: String { header("", maximumAge: 0) }

    private func header(_ value: String, maximumAge: Int64) -> String {
        "\(name)=\(value); Max-Age=\(maximumAge); Path=/; Secure; HttpOnly; SameSite=Lax"
    }

    /// The decrypted contents; nil for a cookie that these keys did not seal under this name.
    func contents<Contents: Decodable>(of request: Request, as type: Contents.Type = Contents.self) -> Contents? {
        guard let text = value(in: request), text.utf8.count <= Self.maximumLength, let sealed = Base64URL.decode(text),
            let box = try? AES.GCM.SealedBox(combined: sealed)
        else { return nil }
        for key in keys {
            guard let opened = try? AES.GCM.open(box, using: key, authenticating: Data(name.utf8)) else { continue }
            return try? JSONDecoder().decode(Contents.self, from: opened)
        }
        return nil
    }

    /// The raw value in the request.
    func value(in request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                if pair.utf8.starts(with: "\(name)=".utf8) { return String(pair.utf8.dropFirst(name.utf8.count + 1)) }
            }
        }
        return nil
    }
}
