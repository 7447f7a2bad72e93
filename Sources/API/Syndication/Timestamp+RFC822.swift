internal import Domain

extension Timestamp {
    /// The form of RFC 822 with the four digits of RFC 1123, as RSS wants it: `Sun, 22 Feb 2026 09:30:00 GMT`.
    var rfc822: String {
        let canonical = iso8601
        let days = Int((microseconds - Self.earliest.microseconds) / 86_400_000_000)
        let month = CivilDate(daysSinceEpoch: days - Self.daysBefore1970).month
        let (year, day, time) = (canonical.prefix(4), canonical.dropFirst(8).prefix(2), canonical.dropFirst(11).prefix(8))
        return "\(Self.weekdays[days % 7]), \(day) \(Self.months[month - 1]) \(year) \(time) GMT"
    }

    /// From 0001-01-01, which was a Monday.
    private static let daysBefore1970 = 719_162
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
