internal import Crypto
internal import Domain
internal import Foundation

/// Cursors: a place in the feed, exact to the microsecond, bound to its filter and signed.
///
/// Layout before base64url: version (1 byte, 1), direction (1 byte), microseconds (8 bytes, big-endian), the id, and the first
/// 16 bytes of an HMAC-SHA256 over all of that and the filter.
struct CursorCodec: Sendable {
    private let key: SymmetricKey

    private static let version: UInt8 = 1
    private static let signatureLength = 16

    init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    func older(than position: FeedPosition, _ filter: PostFilter) -> String { encode(position, 0, filter) }
    func newer(than position: FeedPosition, _ filter: PostFilter) -> String { encode(position, 1, filter) }

    /// - Throws: `Problem` when `text` is no cursor of ours for `filter`.
    func decode(_ text: String, _ filter: PostFilter) throws -> FeedStart {
        let padded = text.replacing("-", with: "+").replacing("_", with: "/") + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), data.count > 10 + Self.signatureLength else { throw Self.invalid }
        let payload = [UInt8](data.dropLast(Self.signatureLength))
        let signature = [UInt8](data.suffix(Self.signatureLength))
        guard payload[0] == Self.version, payload[1] <= 1, Self.areEqual(signature, sign(payload, filter)),
            let id = String(validating: payload[10...], as: UTF8.self)
        else { throw Self.invalid }
        let microseconds = payload[2..<10].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let position = FeedPosition(discoveredAt: Timestamp(microseconds: microseconds), statusID: id)
        return payload[1] == 0 ? .after(position) : .before(position)
    }

    private func encode(_ position: FeedPosition, _ direction: UInt8, _ filter: PostFilter) -> String {
        let time = withUnsafeBytes(of: position.discoveredAt.microseconds.bigEndian, Array.init)
        let payload = [Self.version, direction] + time + Array(position.statusID.utf8)
        return Data(payload + sign(payload, filter)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private func sign(_ payload: [UInt8], _ filter: PostFilter) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: payload + Self.canonical(filter), using: key).prefix(Self.signatureLength))
    }

    /// Compares without telling by its duration where the difference is.
    private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The same bytes for filters that mean the same.
    private static func canonical(_ filter: PostFilter) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            for time in [filter.since, filter.until] { if let time { writer.timestamp(time) } else { writer.null() } }
            writer.array { writer in for tier in Set(filter.tiers.map { $0?.rawValue ?? "none" }).sorted() { writer.string(tier) } }
            writer.array { writer in for handle in Set(filter.handles).sorted() { writer.string(handle) } }
            for flag in [filter.isSignificant, filter.isReported] { if let flag { writer.boolean(flag) } else { writer.null() } }
            if let text = filter.text { writer.string(text) } else { writer.null() }
        }
        return writer.bytes
    }

    private static let invalid = Problem(
        .invalidCursor, "The cursor is damaged, belongs to other filters, or was signed with another key. Start again without it.",
        parameter: "cursor")
}
