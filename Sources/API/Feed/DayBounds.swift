internal import Domain

/// Reads the ends of a range of time: a moment is itself, a date without a time is the whole day in a zone.
struct DayBounds {
    private let zone: CivilZone

    /// - Parameter name: an IANA name; nil means UTC.
    init(_ name: String?) throws {
        zone = try CivilZone(name)
    }

    /// The range between two parameters, both of which may be absent; the last one is inclusive.
    func range(_ parameters: QueryParameters, _ since: String, _ until: String) throws -> (since: Timestamp?, until: Timestamp?) {
        let range = (
            since: try parameters.text(since).map { try first($0, parameter: since) },
            until: try parameters.text(until).map { try last($0, parameter: until) }
        )
        if let start = range.since, let end = range.until, start > end {
            throw Problem(.invalidParameter, "\(since) lies after \(until).", parameter: since)
        }
        return range
    }

    /// The first moment of what `text` names.
    private func first(_ text: String, parameter: String) throws -> Timestamp {
        try moment(text, parameter) ?? startOfDay(text, plus: 0, parameter)
    }

    /// The last microsecond of what `text` names.
    private func last(_ text: String, parameter: String) throws -> Timestamp {
        try moment(text, parameter) ?? Timestamp(microseconds: startOfDay(text, plus: 1, parameter).microseconds - 1)
    }

    /// Nil when `text` has the length of a date.
    private func moment(_ text: String, _ parameter: String) throws -> Timestamp? {
        guard text.utf8.count != 10 else { return nil }
        do { return try Timestamp(iso8601: text) } catch .tooPrecise {
            throw Problem(.invalidParameter, "\(parameter) has more than six fraction digits.", parameter: parameter)
        } catch { throw Self.malformed(parameter) }
    }

    private func startOfDay(_ text: String, plus days: Int, _ parameter: String) throws -> Timestamp {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let date = CivilDate(year: year, month: month, day: day)
        else { throw Self.malformed(parameter) }
        return Timestamp(microseconds: zone.start(ofDay: Int64(date.daysSinceEpoch + days)) * 1_000_000)
    }

    private static func malformed(_ parameter: String) -> Problem {
        Problem(
            .invalidParameter, "\(parameter) is a moment as 2026-02-22T09:30:00Z or a day as 2026-02-22.", parameter: parameter)
    }
}
