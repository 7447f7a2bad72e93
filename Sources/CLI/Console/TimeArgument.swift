import Domain

/// Times as the command line says them.
enum TimeArgument {
    /// The seconds of `7d` or `12h`; nil for another text.
    static func seconds(_ text: String) -> Int64? {
        guard let parts = text.wholeMatch(of: /([0-9]{1,5})(d|h)/), let number = Int64(parts.1) else { return nil }
        return number * (parts.2 == "d" ? 86_400 : 3_600)
    }

    /// `2027-01-31T09:30:00Z`, or the beginning of `2027-01-31` in UTC; nil for another text.
    static func moment(_ text: String) -> Timestamp? {
        try? Timestamp(iso8601: text.count == 10 ? text + "T00:00:00Z" : text)
    }
}

extension Timestamp {
    /// So many seconds from now, or before now.
    static func now(plus seconds: Int64) -> Timestamp { Timestamp(microseconds: Timestamp.now.microseconds + seconds * 1_000_000) }
}
