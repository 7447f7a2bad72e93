/// A deterministic hashed bag of words: texts that share words have vectors that point the same way.
enum Vector {
    static let dimensions = 1_024

    /// The vector as a JSON array of integers, and a hash of the text in hexadecimal digits.
    static func of(_ text: String) -> (json: String, hash: String) {
        var counts = [Int](repeating: 0, count: dimensions)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let hash = fnv1a(word.utf8)
            counts[Int(hash % UInt64(dimensions))] += hash >> 63 == 0 ? 1 : -1
        }
        return ("[" + counts.map(String.init).joined(separator: ",") + "]", String(fnv1a(text.utf8), radix: 16))
    }

    /// The 64-bit hash of Fowler, Noll and Vo, variant 1a.
    private static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
