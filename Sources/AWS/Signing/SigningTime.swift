internal import Foundation

/// A moment as AWS writes it: UTC, to the second.
public struct SigningTime: Sendable, Hashable, Comparable {
    public let secondsSinceEpoch: Int64

    public init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

    public static var now: SigningTime { SigningTime(secondsSinceEpoch: Int64(time(nil))) }

    /// Reads `2026-11-30T15:04:05Z`, with or without a fraction of the second, which is dropped; nil where it is something else.
    init?(iso8601 text: String) {
        guard text.hasSuffix("Z") else { return nil }
        let fields = text.dropLast().split(separator: "T").flatMap { $0.split(whereSeparator: { "-:.".contains($0) }) }.map { Int32($0) }
        guard (6...7).contains(fields.count), let year = fields[0], let month = fields[1], let day = fields[2], let hour = fields[3],
            let minute = fields[4], let second = fields[5]
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1_900, month - 1, day)
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
        secondsSinceEpoch = Int64(timegm(&parts))
    }

    /// For example `20261130`.
    var day: String { String(text.prefix(8)) }

    /// For example `20261130T150405Z`.
    var text: String {
        var seconds = time_t(secondsSinceEpoch)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func digits(_ value: Int32) -> String { (value < 10 ? "0" : "") + String(value) }
        let date = String(parts.tm_year + 1_900) + digits(parts.tm_mon + 1) + digits(parts.tm_mday)
        return date + "T" + digits(parts.tm_hour) + digits(parts.tm_min) + digits(parts.tm_sec) + "Z"
    }

    func advanced(by seconds: Int64) -> SigningTime { SigningTime(secondsSinceEpoch: secondsSinceEpoch + seconds) }

    public static func < (left: SigningTime, right: SigningTime) -> Bool { left.secondsSinceEpoch < right.secondsSinceEpoch }
}
