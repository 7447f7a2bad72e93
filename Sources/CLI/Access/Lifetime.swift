import ArgumentParser
import Domain

/// A lifetime as an argument of the command line.
enum Lifetime: Hashable, Sendable {
    case unlimited
    case seconds(Int64)
    case until(Timestamp)

    /// As `90d`, `12h`, `2027-01-31` or `never`.
    static func parse(_ text: String) throws -> Lifetime {
        if text == "never" { return .unlimited }
        if let seconds = TimeArgument.seconds(text), seconds > 0 { return .seconds(seconds) }
        guard let moment = TimeArgument.moment(text) else {
            throw ValidationError("\"\(text)\" is no end: write a time from now as 90d or 12h, a day as 2027-01-31, or never.")
        }
        guard moment > .now else { throw ValidationError("\(text) is over. Name a day that lies ahead.") }
        return .until(moment)
    }

    /// As `7d`, `12h`, or `0d` for at once.
    static func parseOverlap(_ text: String) throws -> Int64 {
        guard let seconds = TimeArgument.seconds(text) else {
            throw ValidationError("\"\(text)\" is no time: write it as 7d or 12h; 0d is at once.")
        }
        return seconds
    }

    /// The end of what begins now.
    var end: Timestamp? {
        switch self {
        case .unlimited: nil
        case .seconds(let seconds): .now(plus: seconds)
        case .until(let moment): moment
        }
    }
}
