/// Text is kept byte for byte; Postgres stores any valid UTF-8 but U+0000. It has a bound, so that a page of posts has one.
public enum TextRule {
    /// Most bytes of any text, 256 KB: a long post of X has 25,000 letters, which are 100,000 bytes at most.
    public static let maxBytes = 262_144

    /// Most bytes of a text that rows are found by: an entry of a Postgres index has some 2,700 at most, and may hold two.
    public static let maxKeyBytes = 1_000

    /// Whether Postgres can store `text`.
    public static func isStorable(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { !extremes(of: $0).hasNull }
    }

    /// Whether `bytes` are UTF-8 that Postgres can store.
    public static func isStorable(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let (hasNull, isASCII) = extremes(of: bytes)
        return !hasNull && (isASCII || String(validating: bytes, as: UTF8.self) != nil)
    }

    /// A loop over indexes without a way out takes many bytes at once.
    private static func extremes(of bytes: UnsafeBufferPointer<UInt8>) -> (hasNull: Bool, isASCII: Bool) {
        var (least, all) = (UInt8.max, UInt8(0))
        for index in bytes.indices {
            least = min(least, bytes[index])
            all |= bytes[index]
        }
        return (least == 0, all < 0x80)
    }
}

/// Handles are stored lower-case, without space around them and without the `@`s before them, of which X takes the full-width one (`＠`) too.
/// What is stored is its own stored form: a handle that was read anywhere finds its posts.
public enum HandleRule {
    /// The stored form of `text`; nil when nothing is left of it.
    public static func normalise(_ text: String) -> String? {
        if isPlain(text) { return text }
        // Scalar by scalar: a combining mark behind a space or an @ is neither.
        var trimmed = Substring(text).unicodeScalars
        while let first = trimmed.first, first.isSpace || first == "@" || first == "\u{FF20}" { trimmed.removeFirst() }
        while trimmed.last?.isSpace == true { trimmed.removeLast() }
        return trimmed.isEmpty ? nil : String(trimmed).lowercased()
    }

    /// Whether `text` consists of what most handles do, and so is its own stored form.
    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// The stored form of the handle that somebody names; nil when no row can have it.
    public static func stored(_ text: String) -> String? {
        guard let handle = normalise(text), TextRule.isStorable(handle), handle.utf8.count <= TextRule.maxKeyBytes else { return nil }
        return handle
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { properties.isWhitespace }
}

/// The address of a post is opened by people who click on it, so it has to be `http` or `https` and nothing else.
public enum LinkRule {
    @usableFromInline static let schemes = [Array("http://".utf8), Array("https://".utf8)]

    /// Whether `bytes` begin with one of the schemes, in any case, and go on after it.
    // Inlinable, as every rule that a million rows go through: it is made for each kind of bytes that callers have.
    @inlinable
    public static func isWebAddress(_ bytes: some Collection<UInt8>) -> Bool {
        schemes.contains { scheme in
            guard bytes.count > scheme.count else { return false }
            var index = bytes.startIndex
            for expected in scheme {
                let byte = bytes[index]
                let isUpperCase = byte >= 0x41 && byte <= 0x5A
                guard (isUpperCase ? byte | 0x20 : byte) == expected else { return false }
                index = bytes.index(after: index)
            }
            return true
        }
    }
}

/// The words that the collector's database has used for a boolean.
public enum BooleanRule {
    /// The value of a word in any case; nil for anything else.
    public static func parse(_ word: some StringProtocol) -> Bool? {
        switch word.lowercased() {
        case "1", "true", "t", "yes", "y": true
        case "0", "false", "f", "no", "n": false
        default: nil
        }
    }
}

/// Counters and changes of counters, written as decimal integers.
public enum IntegerRule {
    /// The value of `[-]digits`; nil for anything else, `"1.2K"`, `"12,345"`, `" 7"` and numbers beyond 64 bits among it.
    @inlinable
    public static func parse(_ bytes: some Collection<UInt8>) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        guard bytes.count > (isNegative ? 1 : 0) else { return nil }
        var value: Int64 = 0
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = shifted.subtractingReportingOverflow(Int64(byte - 0x30))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The integer that `number` is exactly; nil when it has a fraction or lies where doubles skip integers.
    public static func exact(_ number: Double) -> Int64? {
        guard number.magnitude <= 9_007_199_254_740_992 else { return nil }  // 2^53
        return Int64(exactly: number)
    }
}

/// The three tiers in any case; an empty text is no tier; anything else is refused, never silently dropped.
public enum TierRule {
    /// What an accepted text says.
    public enum Reading: Hashable, Sendable {
        case tier(WatchTier)
        case none
    }

    /// Nil for a text that is neither a tier nor empty.
    public static func parse(_ text: some StringProtocol) -> Reading? {
        if text.isEmpty { return Reading.none }
        if let tier = WatchTier(rawValue: String(text)) { return .tier(tier) }
        return WatchTier(rawValue: text.lowercased()).map(Reading.tier)
    }
}

/// The modes of a run, with two older spellings of `refresh24h`.
public enum RunModeRule {
    /// Nil for an unknown mode.
    public static func parse(_ text: some StringProtocol) -> RunMode? {
        switch text {
        case "refresh-24h", "refresh_24h": .refresh24h
        default: RunMode(rawValue: String(text))
        }
    }
}
