internal import Foundation

extension Timestamp {
    /// The present moment. A `Double` of seconds holds a quarter of a microsecond in our century, which no clock of a machine is right to.
    public static var now: Timestamp { Timestamp(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())) }
}
