/// A place between two changes: before it lie all groups of changes with a lesser position, and the first `offset` of its own group.
/// A group that is seen later has a greater position, so nothing ever comes to lie before a place.
public struct ChangePlace: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number of a group of changes, from 1.
    public var position: Int64
    public var offset: Int64

    public static let beginning = ChangePlace(position: 1, offset: 0)

    public init(position: Int64, offset: Int64) {
        self.position = position
        self.offset = offset
    }

    /// Reads what `description` writes; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let position = parts[0], let offset = parts[1] else { return nil }
        self.init(position: position, offset: offset)
        guard position >= 1, offset >= 0, text == description else { return nil }
    }

    public var description: String { "\(position)-\(offset)" }

    public static func < (left: ChangePlace, right: ChangePlace) -> Bool {
        (left.position, left.offset) < (right.position, right.offset)
    }
}
