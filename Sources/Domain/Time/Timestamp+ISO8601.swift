/// ISO 8601, in the profile that the snapshot and the API accept: `YYYY-MM-DD`, then `T` or a space and
/// `HH:MM[:SS[.f{1,9}]]`, then nothing (UTC), `Z`, or an offset `±HH[[:]MM]`. Some programs write seven or nine
/// fraction digits always: those behind the sixth have to be zeros.
extension Timestamp {
    /// Why a text is not a moment.
    public enum ParseFailure: Error, Hashable, Sendable {
        /// It is not of the form above, or names no real day or time.
        case malformed
        /// It has a fraction of a microsecond, or more than nine fraction digits; cutting them would falsify it.
        case tooPrecise
    }

    /// Reads the profile above.
    public init(iso8601 text: some StringProtocol) throws(ParseFailure) {
        var copy = String(text)
        let parsed: Result<Timestamp, ParseFailure> = copy.withUTF8 { bytes in
            do throws(ParseFailure) { return .success(try Timestamp(iso8601: bytes)) } catch { return .failure(error) }
        }
        self = try parsed.get()
    }

    /// Reads the profile above from UTF-8 bytes.
    public init(iso8601 bytes: UnsafeBufferPointer<UInt8>) throws(ParseFailure) {
        var scanner = Scanner(bytes: bytes)
        let day = try scanner.date()
        guard scanner.accept("T") || scanner.accept("t") || scanner.accept(" ") else { throw .malformed }
        let seconds = try scanner.timeOfDay()
        let fraction = try scanner.fraction()
        let offset = try scanner.offset()
        guard scanner.isAtEnd else { throw .malformed }
        let moment = Timestamp(microseconds: (Int64(day.daysSinceEpoch) * 86_400 + seconds - offset) * 1_000_000 + fraction)
        guard moment >= .earliest, moment <= .latest else { throw .malformed }
        self = moment
    }

    /// Whether a text of the profile above says how far its time is from UTC.
    public static func namesOffset(_ text: some StringProtocol) -> Bool {
        // Behind the day, which has hyphens of its own.
        text.utf8.dropFirst(10).contains { [UInt8(ascii: "Z"), UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains($0) }
    }

    /// The canonical form, always in UTC with six fraction digits: `2026-02-22T09:30:00.123456Z`.
    public var iso8601: String {
        String(unsafeUninitializedCapacity: 27) { buffer in write(iso8601: buffer) }
    }

    /// Writes the 27 bytes of the canonical form and returns 27. `buffer` must hold as many.
    public func write(iso8601 buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let (seconds, microsecond) = microseconds.flooredDivision(by: 1_000_000)
        let (days, second) = seconds.flooredDivision(by: 86_400)
        let date = CivilDate(daysSinceEpoch: Int(days))
        func put(_ value: Int, at start: Int, digits: Int) {
            var (rest, position) = (value, start + digits)
            while position > start {
                position -= 1
                buffer[position] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
        }
        put(date.year, at: 0, digits: 4)
        buffer[4] = UInt8(ascii: "-")
        put(date.month, at: 5, digits: 2)
        buffer[7] = UInt8(ascii: "-")
        put(date.day, at: 8, digits: 2)
        buffer[10] = UInt8(ascii: "T")
        put(Int(second) / 3_600, at: 11, digits: 2)
        buffer[13] = UInt8(ascii: ":")
        put(Int(second) / 60 % 60, at: 14, digits: 2)
        buffer[16] = UInt8(ascii: ":")
        put(Int(second) % 60, at: 17, digits: 2)
        buffer[19] = UInt8(ascii: ".")
        put(Int(microsecond), at: 20, digits: 6)
        buffer[26] = UInt8(ascii: "Z")
        return 27
    }
}

extension Int64 {
    /// Division by a positive number that rounds down, so that the remainder is never negative.
    public func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

/// Reads the parts of the profile from left to right.
private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int? {
        guard position < bytes.count else { return nil }
        let value = Int(bytes[position]) - 0x30
        guard (0...9).contains(value) else { return nil }
        position += 1
        return value
    }

    mutating func number(digits: Int) throws(Timestamp.ParseFailure) -> Int {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { throw .malformed }
            value = value * 10 + digit
        }
        return value
    }

    mutating func date() throws(Timestamp.ParseFailure) -> CivilDate {
        let year = try number(digits: 4)
        guard accept("-") else { throw .malformed }
        let month = try number(digits: 2)
        guard accept("-") else { throw .malformed }
        let day = try number(digits: 2)
        guard let date = CivilDate(year: year, month: month, day: day) else { throw .malformed }
        return date
    }

    /// Seconds since midnight. Second 60 names no moment in POSIX time, so it is refused.
    mutating func timeOfDay() throws(Timestamp.ParseFailure) -> Int64 {
        let hour = try number(digits: 2)
        guard accept(":") else { throw .malformed }
        let minute = try number(digits: 2)
        let second = accept(":") ? try number(digits: 2) : 0
        guard hour < 24, minute < 60, second < 60 else { throw .malformed }
        return Int64(hour * 3_600 + minute * 60 + second)
    }

    /// Microseconds of the fraction, 0 without one.
    mutating func fraction() throws(Timestamp.ParseFailure) -> Int64 {
        guard accept(".") || accept(",") else { return 0 }
        var value = 0
        var digits = 0
        while let digit = digit() {
            digits += 1
            guard digits <= 6 || digits <= 9 && digit == 0 else { throw .tooPrecise }
            if digits <= 6 { value = value * 10 + digit }
        }
        guard digits > 0 else { throw .malformed }
        for _ in min(digits, 6)..<6 { value *= 10 }
        return Int64(value)
    }

    /// Seconds east of UTC, 0 without one.
    mutating func offset() throws(Timestamp.ParseFailure) -> Int64 {
        if isAtEnd || accept("Z") || accept("z") { return 0 }
        let sign: Int
        if accept("+") { sign = 1 } else if accept("-") { sign = -1 } else { throw .malformed }
        let hours = try number(digits: 2)
        let separated = accept(":")
        let minutes = separated || !isAtEnd ? try number(digits: 2) : 0
        guard hours < 24, minutes < 60 else { throw .malformed }
        return Int64(sign * (hours * 3_600 + minutes * 60))
    }
}
