#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension [UInt8] {
    /// Appends the binary form of `value`; false when it has none.
    mutating func append(value: Parameter) -> Bool {
        switch value {
        case .null: break
        case .text(let text): append(contentsOf: text.utf8)
        case .bytes(let bytes), .bytea(let bytes): append(contentsOf: bytes)
        case .int64(let value): append(bigEndian: value)
        case .int32(let value): append(bigEndian: value)
        case .bool(let value): append(value ? 1 : 0)
        case .double(let value): append(bigEndian: value.bitPattern)
        case .timestamp(let value): return append(timestamp: value)
        case .jsonb(let text): append(jsonb: text.utf8)
        case .jsonbBytes(let bytes): append(jsonb: bytes)
        case .uuid(let value): append(uuid: value)
        case .textArray(let values):
            return append(array: values, of: .text) {
                $0.append(contentsOf: $1.utf8); return true
            }
        case .int64Array(let values):
            return append(array: values, of: .int8) {
                $0.append(bigEndian: $1); return true
            }
        case .boolArray(let values):
            return append(array: values, of: .bool) {
                $0.append($1 ? 1 : 0); return true
            }
        case .doubleArray(let values):
            return append(array: values, of: .float8) {
                $0.append(bigEndian: $1.bitPattern); return true
            }
        case .timestampArray(let values): return append(array: values, of: .timestamptz) { $0.append(timestamp: $1) }
        case .jsonbArray(let values):
            return append(array: values, of: .jsonb) {
                $0.append(jsonb: $1.utf8); return true
            }
        case .uuidArray(let values):
            return append(array: values, of: .uuid) {
                $0.append(uuid: $1); return true
            }
        }
        return true
    }

    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    private mutating func append(timestamp value: Int64) -> Bool {
        guard let wire = Timestamp.wire(unixMicroseconds: value) else { return false }
        append(bigEndian: wire)
        return true
    }

    /// `jsonb_recv`: a version byte, 1, and the JSON text.
    private mutating func append(jsonb text: some Sequence<UInt8>) {
        append(1)
        append(contentsOf: text)
    }

    private mutating func append(uuid value: UUID) {
        Swift.withUnsafeBytes(of: value.uuid) { append(contentsOf: $0) }
    }

    /// `array_recv`: number of dimensions, has-nulls flag, element OID, then per dimension its length and lower bound,
    /// then each element with its length in front, -1 for NULL. An empty array has no dimensions.
    private mutating func append<Item>(
        array values: [Item?], of element: OID, _ appendElement: (inout [UInt8], Item) -> Bool
    ) -> Bool {
        append(bigEndian: Int32(values.isEmpty ? 0 : 1))
        append(bigEndian: Int32(values.contains { $0 == nil } ? 1 : 0))
        append(bigEndian: element.rawValue)
        guard !values.isEmpty else { return true }
        guard let count = Int32(exactly: values.count) else { return false }
        append(bigEndian: count)
        append(bigEndian: Int32(1))
        for value in values {
            let start = self.count
            append(bigEndian: Int32(-1))
            guard let value else { continue }
            guard appendElement(&self, value), let length = Int32(exactly: self.count - start - 4) else { return false }
            withUnsafeMutableBytes { $0.storeBytes(of: length.bigEndian, toByteOffset: start, as: Int32.self) }
        }
        return true
    }
}
