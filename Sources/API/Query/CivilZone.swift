internal import Domain
internal import Foundation

/// A time zone: what clocks show there, and when its days and hours begin.
///
/// Moments are whole seconds since 1970-01-01T00:00:00Z. Days are counted from 1970-01-01.
struct CivilZone {
    let name: String
    private let zone: TimeZone

    /// - Parameter name: an IANA name; nil means UTC.
    /// - Throws: `Problem` when there is no such zone.
    init(_ name: String?) throws {
        self.name = name ?? "UTC"
        guard Self.names.contains(self.name) else {
            let hint = PercentEncoding.plusHint(self.name)
            throw Problem(.invalidParameter, "tz is the IANA name of a time zone, for example Europe/Berlin." + hint, parameter: "tz")
        }
        guard let zone = TimeZone(identifier: self.name) else {
            throw Problem(.invalidParameter, "This server has no data of the time zone \(self.name); name another one.", parameter: "tz")
        }
        self.zone = zone
    }

    /// The names that are taken, whatever the host has: TimeZone knows many more, as PST and GMT+3, and means something of its own by them.
    private static let names = Set(
        String(decoding: PackageResources.zones_txt, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init))

    /// Seconds that clocks are ahead of UTC.
    func offset(at moment: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment))))
    }

    /// The day that clocks show.
    func day(at moment: Int64) -> Int64 {
        (moment + offset(at: moment)).flooredDivision(by: Self.day).quotient
    }

    /// The moment from which on clocks never show an earlier day than `day`. That is midnight, but where clocks are changed at midnight.
    func start(ofDay day: Int64) -> Int64 {
        let midnight = day * Self.day
        let (before, after) = (offset(at: midnight - Self.day), offset(at: midnight + Self.day))
        guard before != after else { return midnight - before }
        let change = change(after: midnight - Self.day, through: midnight + Self.day)
        return change + after < midnight ? midnight - after : min(midnight - before, change)
    }

    /// When clocks show `clock`, in seconds since 1970 as a clock in UTC would have them: a range from the first such moment to the last, which
    /// differ where clocks are turned back. Where they are turned forward over it, a range without a moment, where that happens.
    func moments(showing clock: Int64) -> (first: Int64, last: Int64, areNone: Bool) {
        let (before, after) = (offset(at: clock - Self.day), offset(at: clock + Self.day))
        guard before != after else { return (clock - before, clock - before, false) }
        let change = change(after: clock - Self.day, through: clock + Self.day)
        let (isBefore, isAfter) = (clock - before < change, clock - after >= change)
        guard isBefore || isAfter else { return (change, change, true) }
        return (isBefore ? clock - before : clock - after, isAfter ? clock - after : clock - before, false)
    }

    /// The start of the hour that clocks show. An hour begins, too, where clocks are changed.
    func start(ofHourAt moment: Int64) -> Int64 {
        let offset = offset(at: moment)
        let full = moment - (moment + offset).flooredDivision(by: Self.hour).remainder
        return self.offset(at: full) == offset ? full : change(after: full, through: moment)
    }

    /// The start of the hour after the one that starts at `start`.
    func end(ofHourFrom start: Int64) -> Int64 {
        let offset = offset(at: start)
        let full = start + Self.hour - (start + offset).flooredDivision(by: Self.hour).remainder
        return self.offset(at: full) == offset ? full : change(after: start, through: full)
    }

    /// What clocks show, with their offset: `2026-10-25T02:00:00+01:00`. Offsets of the 19th century have seconds.
    func label(_ moment: Int64) -> String {
        let offset = offset(at: moment)
        let clock = Timestamp(microseconds: (moment + offset) * 1_000_000).iso8601.prefix(19)
        let (hours, rest) = abs(offset).quotientAndRemainder(dividingBy: Self.hour)
        let parts = [hours, rest / 60] + (rest % 60 == 0 ? [] : [rest % 60])
        return clock + (offset < 0 ? "-" : "+") + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    /// The first moment with the offset that holds at `end`, which differs from the one at `start`.
    private func change(after start: Int64, through end: Int64) -> Int64 {
        var (earlier, later) = (start, end)
        while later - earlier > 1 {
            let middle = earlier + (later - earlier) / 2
            if offset(at: middle) == offset(at: end) { later = middle } else { earlier = middle }
        }
        return later
    }

    private static let hour: Int64 = 3_600
    private static let day: Int64 = 24 * hour
}
