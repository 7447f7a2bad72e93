internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// A key that collectors may write with, and the name that receipts have for its holder.
public struct IngestKey: Hashable, Sendable {
    public var name: String
    public var secret: String

    public init(name: String, secret: String) {
        self.name = name
        self.secret = secret
    }
}

/// Who may write: holders of one of the keys, as `x-api-key: KEY` or `Authorization: Bearer KEY`.
struct Authorisation: Sendable {
    /// Digests have one length, so that comparing them tells nothing about the keys.
    private let digests: [(name: String, digest: SHA256Digest)]

    init(keys: [IngestKey]) {
        digests = keys.map { ($0.name, SHA256.hash(data: Data($0.secret.utf8))) }
    }

    /// The name of the key that the request carries.
    ///
    /// - Throws: `Problem` when the request may not write.
    func check(_ request: Request) throws -> String {
        guard !digests.isEmpty else {
            throw Problem(.ingestDisabled, "This server takes no writes: it has no ingest key. Its operator sets XMONITOR_API_KEY.")
        }
        guard let key = Self.key(request) else {
            throw Problem(.unauthorized, "Send the ingest key as the header x-api-key, or as Authorization: Bearer KEY.")
        }
        let digest = SHA256.hash(data: Data(key.utf8))
        // Every digest is looked at, and SHA256Digest compares in constant time.
        let name = digests.reduce(nil as String?) { found, known in known.digest == digest ? found ?? known.name : found }
        guard let name else { throw Problem(.unauthorized, "This ingest key is not known here.") }
        return name
    }

    private static func key(_ request: Request) -> String? {
        if let key = request.headers[.apiKey] { return key }
        guard let header = request.headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
}
