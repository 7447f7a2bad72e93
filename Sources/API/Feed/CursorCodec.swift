internal import Crypto
internal import Domain
internal import Foundation

/// Cursors: a place in the feed, exact to the microsecond, bound to its filter and order, and signed.
///
/// Layout before base64url: version (1 byte, 2), direction (1 byte), rank (8 bytes, big-endian), the id, and the first 16 bytes
/// of an HMAC-SHA256 over all of that, the filter and the order.
struct CursorCodec: Sendable {
    private let key: SymmetricKey

    private static let version: UInt8 = 2
    private static let signatureLength = 16

    init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    /// Nil for what needs none: the first page.
    func encode(_ start: FeedStart?, _ filter: PostFilter, _ sort: PostSort) -> String? {
        switch start {
        case nil, .first: nil
        case .after(let position): encode(position, 0, filter, sort)
        case .before(let position): encode(position, 1, filter, sort)
        }
    }

    private func encode(_ position: FeedPosition, _ direction: UInt8, _ filter: PostFilter, _ sort: PostSort) -> String {
        let payload = [Self.version, direction] + withUnsafeBytes(of: position.rank.bigEndian, Array.init) + Array(position.statusID.utf8)
        return Data(payload + sign(payload, filter, sort)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// - Throws: `Problem` when `text` is no cursor of ours for `filter` and `sort`.
    func decode(_ text: String, _ filter: PostFilter, _ sort: PostSort) throws -> FeedStart {
        let padded = text.replacing("-", with: "+").replacing("_", with: "/") + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), data.count > 10 + Self.signatureLength else { throw Self.invalid }
        let payload = [UInt8](data.dropLast(Self.signatureLength))
        let signature = [UInt8](data.suffix(Self.signatureLength))
        guard payload[0] == Self.version, payload[1] <= 1, Self.areEqual(signature, sign(payload, filter, sort)),
            let id = String(validating: payload[10...], as: UTF8.self)
        else { throw Self.invalid }
        let rank = payload[2..<10].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let position = FeedPosition(rank: rank, statusID: id)
        return payload[1] == 0 ? .after(position) : .before(position)
    }

    private func sign(_ payload: [UInt8], _ filter: PostFilter, _ sort: PostSort) -> [UInt8] {
        let bound = payload + Self.canonical(filter, sort)
        return Array(HMAC<SHA256>.authenticationCode(for: bound, using: key).prefix(Self.signatureLength))
    }

    /// Compares without telling by its duration where the difference is.
    private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The same bytes for filters that mean the same.
    private static func canonical(_ filter: PostFilter, _ sort: PostSort) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string(sort.rawValue)
            for time in [filter.since, filter.until, filter.postedSince, filter.postedUntil] {
                if let time { writer.timestamp(time) } else { writer.null() }
            }
            writer.array { writer in for tier in Set(filter.tiers.map { $0?.rawValue ?? "none" }).sorted() { writer.string(tier) } }
            for texts in [filter.handles, filter.sourceQueries, filter.excluded] {
                writer.array { writer in for text in Set(texts).sorted() { writer.string(text) } }
            }
            writer.object(filter.minimum.write)
            for flag in [filter.isSignificant, filter.isReported, filter.hasLink] {
                if let flag { writer.boolean(flag) } else { writer.null() }
            }
            if let text = filter.text { writer.string(text) } else { writer.null() }
        }
        return writer.bytes
    }

    private static let invalid = Problem(
        .invalidCursor,
        "The cursor is damaged, belongs to other filters or another order, or was signed with another key. Start again without it.",
        parameter: "cursor")
}
