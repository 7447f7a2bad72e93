internal import Domain

/// Reads the ends of a range of time: a moment is itself, a time without an offset is what clocks show in a zone, and a date without a time is
/// the whole day there.
///
/// Of a time that comes twice a range begins with the first and ends with the last. One that never comes is where clocks are turned forward
/// over it, and a day that never was has no moment, so that a range may be empty: it begins just behind its end.
struct DayBounds {
    private let zone: CivilZone

    /// - Parameter name: an IANA name; nil means UTC.
    init(_ name: String?) throws {
        zone = try CivilZone(name)
    }

    /// The range between two parameters, both of which may be absent; the last one is inclusive.
    func range(_ parameters: QueryParameters, _ since: String, _ until: String) throws -> (since: Timestamp?, until: Timestamp?) {
        let start = try parameters.text(since).map { try span($0, since) }
        let end = try parameters.text(until).map { try span($0, until) }
        // What has no moment in this zone is asked for rightly all the same.
        if let start, let end, start.first > end.last, start.first > end.first {
            throw Problem(.invalidParameter, "\(since) lies after \(until).", parameter: since)
        }
        return (start?.first, end?.last)
    }

    /// The first and the last microsecond of what `text` names, within the years that a moment can have.
    private func span(_ text: String, _ parameter: String) throws -> (first: Timestamp, last: Timestamp) {
        let span = text.utf8.count == 10 ? try day(text, parameter) : try time(text, parameter)
        return (min(max(span.first, .earliest), .latest), min(max(span.last, .earliest), .latest))
    }

    private func time(_ text: String, _ parameter: String) throws -> (first: Timestamp, last: Timestamp) {
        let moment: Timestamp
        do { moment = try Timestamp(iso8601: text) } catch .tooPrecise {
            throw Problem(.invalidParameter, "\(parameter) has more than six fraction digits.", parameter: parameter)
        } catch { throw Self.malformed(parameter, text) }
        let hasOffset = text.utf8.dropFirst(10).contains { "Zz+-".utf8.contains($0) }
        guard !hasOffset else { return (moment, moment) }
        let (second, fraction) = moment.microseconds.flooredDivision(by: 1_000_000)
        let moments = zone.moments(showing: second)
        let first = Timestamp(microseconds: moments.first * 1_000_000 + (moments.areNone ? 0 : fraction))
        return (first, Timestamp(microseconds: moments.areNone ? first.microseconds - 1 : moments.last * 1_000_000 + fraction))
    }

    private func day(_ text: String, _ parameter: String) throws -> (first: Timestamp, last: Timestamp) {
        (try startOfDay(text, plus: 0, parameter), Timestamp(microseconds: try startOfDay(text, plus: 1, parameter).microseconds - 1))
    }

    private func startOfDay(_ text: String, plus days: Int, _ parameter: String) throws -> Timestamp {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let date = CivilDate(year: year, month: month, day: day)
        else { throw Self.malformed(parameter, text) }
        return Timestamp(microseconds: zone.start(ofDay: Int64(date.daysSinceEpoch + days)) * 1_000_000)
    }

    private static func malformed(_ parameter: String, _ text: String) -> Problem {
        Problem(
            .invalidParameter,
            "\(parameter) is a moment as 2026-02-22T09:30:00Z or a day as 2026-02-22.\(PercentEncoding.plusHint(text))",
            parameter: parameter)
    }
}
