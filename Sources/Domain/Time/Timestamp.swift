/// A moment, exact to the microsecond: the number of microseconds since 1970-01-01T00:00:00Z.
///
/// It is the only representation of time between Postgres and the wire. A `Double` of seconds cannot hold every
/// microsecond of our century, and rows at the edge of a page would vanish.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z, negative before it.
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public init(milliseconds: Int64) {
        self.microseconds = milliseconds * 1_000
    }

    /// 0001-01-01T00:00:00Z, the earliest moment that the ISO 8601 form can name.
    public static let earliest = Timestamp(microseconds: -62_135_596_800_000_000)
    /// 9999-12-31T23:59:59.999999Z, the latest moment that the ISO 8601 form can name.
    public static let latest = Timestamp(microseconds: 253_402_300_799_999_999)

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}
