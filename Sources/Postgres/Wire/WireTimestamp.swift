/// Converts between Unix time and Postgres's timestamps, both in microseconds.
///
/// Source: `src/include/datatype/timestamp.h`: the wire counts from 2000-01-01 00:00:00 UTC; the two extreme values
/// of the integer mean minus and plus infinity.
enum WireTimestamp {
    /// 2000-01-01 in microseconds since 1970-01-01.
    static let epoch: Int64 = 946_684_800_000_000

    /// nil when the time is too early for the wire.
    static func wire(unixMicroseconds: Int64) -> Int64? {
        let (wire, overflow) = unixMicroseconds.subtractingReportingOverflow(epoch)
        return overflow || wire == .min ? nil : wire
    }

    /// nil for ±infinity and for times an Int64 cannot count from 1970.
    static func unixMicroseconds(wire: Int64) -> Int64? {
        guard wire != .min else { return nil }
        let (unix, overflow) = wire.addingReportingOverflow(epoch)
        return overflow ? nil : unix
    }
}
