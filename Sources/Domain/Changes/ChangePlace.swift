/// A place between two changes: before it lie all groups of changes with a lesser position, and the first `offset` of its own group.
/// A group that is seen later has a greater position, so nothing ever comes to lie before a place.
public struct ChangePlace: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number of a group of changes, from 1.
    public var position: Int64
    public var offset: Int64
    /// The random number that the last group before this place got along with its position. An archive that was restored to an earlier state
    /// gives the same positions to other groups, and not the same nonces. Nil at the beginning, and after a group that got none.
    public var nonce: Int64?

    public static let beginning = ChangePlace(position: 1, offset: 0)

    public init(position: Int64, offset: Int64, nonce: Int64? = nil) {
        self.position = position
        self.offset = offset
        self.nonce = nonce
    }

    /// Reads what `description` writes; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard (2...3).contains(parts.count), let position = parts[0], let offset = parts[1] else { return nil }
        self.init(position: position, offset: offset, nonce: parts.count == 3 ? parts[2] : nil)
        guard position >= 1, offset >= 0, nonce ?? 0 >= 0, text == description else { return nil }
    }

    public var description: String { "\(position)-\(offset)" + (nonce.map { "-\($0)" } ?? "") }

    /// The position of the last group that lies before this place, as a whole or in part; 0 at the beginning.
    public var lastPosition: Int64 { offset > 0 ? position : position - 1 }

    public static func < (left: ChangePlace, right: ChangePlace) -> Bool {
        (left.position, left.offset, left.nonce ?? -1) < (right.position, right.offset, right.nonce ?? -1)
    }
}
