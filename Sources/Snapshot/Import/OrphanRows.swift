/// The rows that refer to a missing post; of several with one key the last, which is the one an import would keep.
struct OrphanRows {
    private var numbers: [UInt64: Int] = [:]
    private var texts: [[UInt8]: Int] = [:]

    mutating func insert(_ key: ArraySlice<UInt8>, row: Int) {
        if let number = KeySet.number(key) { numbers[number] = row } else { texts[Array(key)] = row }
    }

    /// The keys in the order of their rows.
    var keys: [String] {
        var rows: [(number: Int, key: String)] = numbers.map { ($0.value, "\($0.key)") }
        rows += texts.map { ($0.value, String(decoding: $0.key, as: UTF8.self)) }
        return rows.sorted { $0.number < $1.number }.map(\.key)
    }
}
