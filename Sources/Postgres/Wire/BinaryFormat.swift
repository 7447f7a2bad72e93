/// Writes the pieces of Postgres's binary formats. All integers are big-endian.
extension [UInt8] {
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// `jsonb_recv`: a version byte, 1, and the JSON text.
    mutating func append(jsonb text: some Sequence<UInt8>) {
        append(1)
        append(contentsOf: text)
    }

    /// `array_recv`: number of dimensions, has-nulls flag, element OID, then per dimension its length and lower bound,
    /// then each element with its length in front, -1 for NULL. An empty array has no dimensions.
    mutating func append<Item>(array values: [Item?], of element: WireType<Item>) -> Bool {
        append(bigEndian: Int32(values.isEmpty ? 0 : 1))
        append(bigEndian: Int32(values.contains { $0 == nil } ? 1 : 0))
        append(bigEndian: element.oid.rawValue)
        guard !values.isEmpty else { return true }
        guard let count = Int32(exactly: values.count) else { return false }
        append(bigEndian: count)
        append(bigEndian: Int32(1))
        for value in values {
            let start = self.count
            append(bigEndian: Int32(-1))
            guard let value else { continue }
            guard element.write(&self, value), let length = Int32(exactly: self.count - start - 4) else { return false }
            withUnsafeMutableBytes { $0.storeBytes(of: length.bigEndian, toByteOffset: start, as: Int32.self) }
        }
        return true
    }
}

/// Reads the pieces of Postgres's binary formats; each gives nil when the bytes do not fit.
extension UnsafeRawBufferPointer {
    func integer<Value: FixedWidthInteger>(at offset: Int = 0, as: Value.Type = Value.self) -> Value? {
        guard offset >= 0, count - offset >= MemoryLayout<Value>.size else { return nil }
        return Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    var text: String { String(decoding: self, as: UTF8.self) }

    /// `smallint`, `integer` or `bigint`, by size.
    var int64: Int64? {
        switch count {
        case 8: integer(as: Int64.self)
        case 4: integer(as: Int32.self).map(Int64.init)
        case 2: integer(as: Int16.self).map(Int64.init)
        default: nil
        }
    }

    /// The JSON text: all of a `json`, what follows the version byte 1 of a `jsonb`.
    func json(_ type: OID) -> UnsafeRawBufferPointer? {
        guard type == .jsonb || type == .jsonbArray else { return self }
        guard first == 1 else { return nil }
        return UnsafeRawBufferPointer(rebasing: self[1...])
    }

    /// `array_send`, as `append(array:of:)` writes it; nil when there is more than one dimension.
    func array<Element>(of element: WireType<Element>, _ type: OID) -> [Element?]? {
        let header = 12, dimension = 8
        guard let dimensions = integer(as: Int32.self) else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let length = integer(at: header, as: Int32.self), length >= 0 else { return nil }
        var result: [Element?] = []
        result.reserveCapacity(Swift.min(Int(length), count / 4))
        var offset = header + dimension
        for _ in 0..<length {
            guard let size = integer(at: offset, as: Int32.self) else { return nil }
            offset += 4
            guard size >= 0 else {
                result.append(nil)
                continue
            }
            let end = offset + Int(size)
            guard end <= count, let value = element.read(UnsafeRawBufferPointer(rebasing: self[offset..<end]), type) else { return nil }
            result.append(value)
            offset = end
        }
        return result
    }
}
