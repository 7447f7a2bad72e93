internal import Crypto
internal import Domain
internal import Encoding
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import JSON

/// A batch of a collector: its origin, and its body as JSON.
struct IngestRequest {
    let body: JSONValue
    let origin: BatchOrigin
    /// Held while the body is in memory; other bodies may have to wait for it.
    private let share: ByteBudget.Share

    /// Most bytes of an `Idempotency-Key`, and how much of a `User-Agent` is kept.
    private static let longestKey = 255
    private static let longestSource = 200

    /// The body is read only when everything else is in order.
    ///
    /// - Throws: `Problem`.
    init(_ request: Request, _ context: APIContext, _ bodies: BodyReader) async throws {
        let isDryRun = try context.query.boolean("dry_run") ?? false
        let idempotencyKey = try Self.idempotencyKey(request)
        let received = try await bodies.read(request, context)
        let bytes = received.bytes
        share = received.share
        do { body = try JSONReader.read(bytes) } catch { throw Problem(.invalidJSON, "The body is not JSON: \(error.description).") }
        // The query is part of what is repeated: the same items with another parameter are another batch.
        let digest = SHA256.hash(data: Data(bytes) + Data((request.uri.query ?? "").utf8))
        origin = BatchOrigin(
            isDryRun: isDryRun, ingestKey: context.principal.name,
            source: request.headers[.userAgent].map { String($0.prefix(Self.longestSource)) },
            bodyHash: digest.hexadecimal, idempotencyKey: idempotencyKey)
    }

    private static func idempotencyKey(_ request: Request) throws -> String? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (1...longestKey).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(
                .invalidHeader, "Idempotency-Key has to be 1 to \(longestKey) visible ASCII characters, for example a random UUID.",
                parameter: "Idempotency-Key")
        }
        return key
    }
}
