internal import Domain
internal import JSON

/// The cursors of one list of posts: a place in it, exact to the microsecond, bound to its filter and order, and signed.
///
/// The payload: version (1 byte, 2), direction (1 byte), rank (8 bytes, big-endian), the id, which is empty for the place behind every post.
struct FeedCursor: Sendable {
    private let signer: CursorSigner
    private let scope: [UInt8]

    private static let version: UInt8 = 2

    init(_ filter: PostFilter, _ sort: PostSort, _ signer: CursorSigner) {
        self.signer = signer
        scope = Self.canonical(filter, sort)
    }

    /// Nil for the first page, which needs none.
    func encode(_ start: FeedStart?) -> String? {
        switch start {
        case nil, .first: nil
        case .after(let position): encode(position, direction: 0)
        case .before(let position): encode(position, direction: 1)
        }
    }

    private func encode(_ position: FeedPosition, direction: UInt8) -> String {
        let payload = [Self.version, direction] + withUnsafeBytes(of: position.rank.bigEndian, Array.init) + Array(position.statusID.utf8)
        return signer.close(payload, scope: scope)
    }

    /// - Throws: `Problem` when `text` is not a cursor of this list.
    func decode(_ text: String) throws -> FeedStart {
        let payload = try signer.open(text, scope: scope)
        guard payload.count >= 10, payload[0] == Self.version, payload[1] <= 1, let id = String(validating: payload[10...], as: UTF8.self)
        else { throw CursorSigner.broken }
        let rank = payload[2..<10].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let position = FeedPosition(rank: rank, statusID: id)
        return payload[1] == 0 ? .after(position) : .before(position)
    }

    /// The same bytes for filters that mean the same. A field that asks for nothing is left out.
    private static func canonical(_ filter: PostFilter, _ sort: PostSort) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("sort", sort.rawValue)
            for field in PostFilter.Field.allCases { filter.write(field, to: &writer) }
        }
        return writer.bytes
    }
}

extension PostFilter {
    fileprivate func write(_ field: Field, to writer: inout JSONWriter) {
        func set(_ texts: [String]) {
            guard !texts.isEmpty else { return }
            writer.key(field.rawValue)
            writer.array { writer in for text in texts.distinctBytewise { writer.string(text) } }
        }
        switch field.kind {
        case .range(let prefix, let since, let until):
            if let since = self[keyPath: since] { writer.member(prefix + "since", since) }
            if let until = self[keyPath: until] { writer.member(prefix + "until", until) }
        case .tiers(let member): set(self[keyPath: member].map { $0?.rawValue ?? "none" })
        case .handles(let member), .texts(let member): set(self[keyPath: member])
        case .text(let member): if let text = self[keyPath: member] { writer.member(field.rawValue, text) }
        case .flag(let member): if let flag = self[keyPath: member] { writer.member(field.rawValue, flag) }
        case .count(let member): if self[keyPath: member] > 0 { writer.member(field.rawValue, self[keyPath: member]) }
        }
    }
}
