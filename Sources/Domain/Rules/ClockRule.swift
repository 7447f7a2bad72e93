/// A moment that somebody tells may be ten minutes ahead of the database's clock, because clocks differ. What lies further ahead has not
/// happened yet: believed once, it would be newer than all the news to come.
public enum ClockRule {
    /// How far ahead of the database's clock a moment may lie, in microseconds.
    public static let tolerance: Int64 = 10 * 60 * 1_000_000

    /// How far `moment` lies ahead of `now`, in microseconds, when that is more than the tolerance; else nil.
    public static func excess(of moment: Timestamp, at now: Timestamp) -> Int64? {
        guard moment > now else { return nil }
        let (ahead, overflows) = moment.microseconds.subtractingReportingOverflow(now.microseconds)
        if overflows { return .max }
        return ahead > tolerance ? ahead : nil
    }

    /// `excess`, rounded down, in the words of a message: `11 minutes`, `3 hours`, `26694 days`.
    public static func words(for excess: Int64) -> String {
        let minutes = excess / 60_000_000
        let (count, unit) = minutes < 120 ? (minutes, "minute") : minutes < 48 * 60 ? (minutes / 60, "hour") : (minutes / 1_440, "day")
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
