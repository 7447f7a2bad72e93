import ArgumentParser
import Domain
import Foundation

/// How long something is good, as the command line says it.
enum Lifetime: Hashable, Sendable {
    case unlimited
    case seconds(Int64)
    case until(Timestamp)

    /// As `90d`, `12h`, `2027-01-31` or `never`.
    static func parse(_ text: String) throws -> Lifetime {
        if text == "never" { return .unlimited }
        if let seconds = Self.seconds(text) { return .seconds(seconds) }
        guard let moment = try? Timestamp(iso8601: text.count == 10 ? text + "T00:00:00Z" : text) else {
            throw ValidationError("\"\(text)\" is no end: write a time from now as 90d or 12h, a day as 2027-01-31, or never.")
        }
        guard moment > .now else { throw ValidationError("\(text) is over. Name a day that lies ahead.") }
        return .until(moment)
    }

    /// As `7d`, `12h`, or `0d` for at once.
    static func parseOverlap(_ text: String) throws -> Int64 {
        guard let seconds = seconds(text, isEmptyAllowed: true) else {
            throw ValidationError("\"\(text)\" is no time: write it as 7d or 12h; 0d is at once.")
        }
        return seconds
    }

    private static func seconds(_ text: String, isEmptyAllowed: Bool = false) -> Int64? {
        guard let parts = text.wholeMatch(of: /([0-9]{1,5})(d|h)/), let number = Int64(parts.1), number > 0 || isEmptyAllowed else {
            return nil
        }
        return number * (parts.2 == "d" ? 86_400 : 3_600)
    }

    /// The end of what begins now.
    var end: Timestamp? {
        switch self {
        case .unlimited: nil
        case .seconds(let seconds): Timestamp(microseconds: Timestamp.now.microseconds + seconds * 1_000_000)
        case .until(let moment): moment
        }
    }
}
