/// Reads back one row that `BinaryRows` has written.
public struct BinaryRowFields {
    /// For each field where its bytes are; nil for a NULL.
    private var ranges: [Range<Int>?] = []
    private var bytes: [UInt8] = []

    /// No row yet.
    public init() {}

    /// Takes the only row in `rows`.
    public mutating func read(_ rows: BinaryRows) {
        bytes = rows.bytes
        ranges.removeAll(keepingCapacity: true)
        let count = Int(integer(at: 0, as: Int16.self))
        var position = 2
        for _ in 0..<count {
            let length = Int(integer(at: position, as: Int32.self))
            position += 4
            ranges.append(length < 0 ? nil : position..<(position + length))
            position += max(0, length)
        }
    }

    /// The bytes of a field, empty for a NULL.
    public subscript(field: Int) -> ArraySlice<UInt8> { bytes[ranges[field] ?? 0..<0] }

    /// The value of a field that was written as a 64-bit integer or a timestamp.
    public func int64(_ field: Int) -> Int64 {
        ranges[field].map { integer(at: $0.lowerBound, as: Int64.self) } ?? 0
    }

    private func integer<Value: FixedWidthInteger>(at start: Int, as type: Value.Type) -> Value {
        bytes.withUnsafeBytes { Value(bigEndian: $0.loadUnaligned(fromByteOffset: start, as: Value.self)) }
    }
}
