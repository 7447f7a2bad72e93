internal import Encoding

/// Where a reader of the changes goes on: behind some rows of its first read, or at a place of the changes.
public struct ChangeCursor: Hashable, Sendable, CustomStringConvertible {
    /// Where the changes go on, once the first read is over.
    public var place: ChangePlace
    /// Nil when it is over, or was not asked for.
    public var firstRead: FirstRead?

    /// A first read tells every row that there is, once and as it is, in the order of its key.
    public enum FirstRead: Hashable, Sendable {
        case begins
        /// The last row that was told.
        case after(ChangeKey)
    }

    public init(_ place: ChangePlace, firstRead: FirstRead? = nil) {
        self.place = place
        self.firstRead = firstRead
    }

    /// Reads what `description` writes; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        guard let place = ChangePlace(parts[0]) else { return nil }
        self.init(place)
        guard parts.count == 2 else { return }
        if parts[1].isEmpty {
            firstRead = .begins
        } else {
            guard let key = ChangeKey(parts[1]) else { return nil }
            firstRead = .after(key)
        }
    }

    public var description: String {
        switch firstRead {
        case nil: place.description
        case .begins: "\(place)~"
        case .after(let key): "\(place)~\(key)"
        }
    }
}

/// What tells a row from any other whose changes are kept.
public enum ChangeKey: Hashable, Sendable, CustomStringConvertible {
    case post(String)
    case metrics(MetricsSnapshot.Key)
    case report(String)

    public var kind: ChangeKind {
        switch self {
        case .post: .post
        case .metrics: .metrics
        case .report: .report
        }
    }

    /// For addresses and headers, so in their plainest letters: ids are hexadecimal.
    public var description: String {
        switch self {
        case .post(let id), .report(let id): "\(kind.rawValue)~\(id.utf8.hexadecimal)"
        case .metrics(let key): "\(kind.rawValue)~\(key.statusID.utf8.hexadecimal)~\(key.type.rawValue)~\(key.at.microseconds)"
        }
    }

    /// Reads what `description` writes; nil for any other text.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count >= 2, let kind = ChangeKind(rawValue: String(parts[0])), let id = Self.id(parts[1]) else { return nil }
        switch (kind, parts.count) {
        case (.post, 2): self = .post(id)
        case (.report, 2): self = .report(id)
        case (.metrics, 4):
            guard let type = MetricsSnapshot.Kind(rawValue: String(parts[2])), let at = Int64(parts[3]),
                (Timestamp.earliest.microseconds...Timestamp.latest.microseconds).contains(at)
            else { return nil }
            self = .metrics(MetricsSnapshot.Key(statusID: id, type: type, at: Timestamp(microseconds: at)))
        default: return nil
        }
        guard text == description else { return nil }
    }

    /// Most bytes of a text in an index of Postgres: rows that did not come through this program may have longer keys than it takes.
    private static let maxIndexedBytes = 2_704

    private static func id(_ text: some StringProtocol) -> String? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), (1...maxIndexedBytes).contains(digits.count / 2) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
        }
        guard bytes.count == digits.count / 2, let id = String(validating: bytes, as: UTF8.self) else { return nil }
        return TextRule.isStorable(id) ? id : nil
    }
}
