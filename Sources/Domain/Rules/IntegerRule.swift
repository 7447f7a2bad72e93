/// Counters and changes of counters, written as decimal integers.
public enum IntegerRule {
    /// The value of `[-]digits`; nil for anything else, `"1.2K"`, `"12,345"`, `" 7"` and numbers beyond 64 bits among it.
    public static func parse(_ bytes: some Collection<UInt8>) -> Int64? {
        var rest = bytes[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        guard !rest.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in rest {
            guard (0x30...0x39).contains(byte) else { return nil }
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
