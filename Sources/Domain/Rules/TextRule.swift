/// Text is kept byte for byte; Postgres stores any valid UTF-8 but U+0000. It has a bound, so that a page of posts has one.
public enum TextRule {
    /// Most bytes of any text, 256 KB: a long post of X has 25,000 letters, which are 100,000 bytes at most.
    public static let longest = 262_144

    /// Most bytes of a text that rows are found by: an entry of a Postgres index has some 2,700 at most, and may hold two.
    public static let longestKey = 1_000

    public static func isStorable(_ text: String) -> Bool {
        !text.utf8.contains(0)
    }

    /// Whether `bytes` are UTF-8 that Postgres can store.
    public static func isStorable(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isASCII = true
        for byte in bytes {
            if byte == 0 { return false }
            if byte >= 0x80 { isASCII = false }
        }
        return isASCII || String(validating: bytes, as: UTF8.self) != nil
    }
}
