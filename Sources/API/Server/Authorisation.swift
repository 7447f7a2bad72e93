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
        // A key without bytes is none: anybody could send it.
        digests = keys.filter { !$0.secret.isEmpty }.map { ($0.name, SHA256.hash(data: Data($0.secret.utf8))) }
    }

    /// The name of the key that the request carries.
    ///
    /// - Throws: `Problem` when the request may not write.
    func check(_ request: Request) throws -> String {
        guard !digests.isEmpty else {
            throw Problem(.ingestDisabled, "This server takes no writes: it has no ingest key. Its operator sets XMONITOR_API_KEY.")
        }
        let keys = Self.keys(request)
        guard !keys.isEmpty else {
            throw Problem(.unauthorized, "Send the ingest key as the header x-api-key, or as Authorization: Bearer KEY.")
        }
        var name: String?
        for key in keys {
            let digest = SHA256.hash(data: Data(key.utf8))
            // Every digest is looked at, and SHA256Digest compares in constant time.
            name = digests.reduce(name) { found, known in known.digest == digest ? found ?? known.name : found }
        }
        guard let name else { throw Problem(.unauthorized, "This ingest key is not known here.") }
        return name
    }

    /// What the request offers in either header; one right key is enough. The scheme knows no case, and several spaces may follow it.
    private static func keys(_ request: Request) -> [String] {
        let bearers = request.headers[values: .authorization].compactMap { value -> String? in
            let scheme = value.prefix { $0 != " " }
            return scheme.lowercased() == "bearer" ? String(value.dropFirst(scheme.count).drop { $0 == " " }) : nil
        }
        return (request.headers[values: .apiKey] + bearers).filter { !$0.isEmpty }
    }
}
