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
