/// A set of normalised keys that holds a million ids in some 20 MB: an id of X is a number, and is kept as one.
struct KeySet {
    private var numbers: Set<UInt64> = []
    private var texts: Set<[UInt8]> = []

    var count: Int { numbers.count + texts.count }

    /// Whether `key` is new.
    mutating func insert(_ key: ArraySlice<UInt8>) -> Bool {
        if let number = Self.number(key) { return numbers.insert(number).inserted }
        return texts.insert(Array(key)).inserted
    }

    func contains(_ key: ArraySlice<UInt8>) -> Bool {
        if let number = Self.number(key) { return numbers.contains(number) }
        return texts.contains(Array(key))
    }

    /// The number that `key` is the canonical decimal form of, so that no other key has the same number.
    static func number(_ key: ArraySlice<UInt8>) -> UInt64? {
        guard let first = key.first, first != UInt8(ascii: "0") || key.count == 1, key.count <= 20 else { return nil }
        var value: UInt64 = 0
        for byte in key {
            guard (0x30...0x39).contains(byte) else { return nil }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = shifted.addingReportingOverflow(UInt64(byte - 0x30))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return value
    }
}
