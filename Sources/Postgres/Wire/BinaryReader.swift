#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads single values in Postgres' binary formats; every function returns nil when the bytes do not fit.
extension UnsafeRawBufferPointer {
    func integer<Value: FixedWidthInteger>(at offset: Int = 0, as: Value.Type = Value.self) -> Value? {
        guard offset >= 0, count - offset >= MemoryLayout<Value>.size else { return nil }
        return Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    var text: String { String(decoding: self, as: UTF8.self) }

    var bool: Bool? { count == 1 ? self[0] != 0 : nil }

    /// `smallint`, `integer` or `bigint`, by size.
    var int64: Int64? {
        switch count {
        case 8: integer(as: Int64.self)
        case 4: integer(as: Int32.self).map(Int64.init)
        case 2: integer(as: Int16.self).map(Int64.init)
        default: nil
        }
    }

    /// `real` or `double precision`, by size.
    var double: Double? {
        switch count {
        case 8: integer(as: UInt64.self).map(Double.init(bitPattern:))
        case 4: integer(as: UInt32.self).map { Double(Float(bitPattern: $0)) }
        default: nil
        }
    }

    var timestamp: Int64? {
        count == 8 ? integer(as: Int64.self).flatMap(Timestamp.unixMicroseconds(wire:)) : nil
    }

    var uuid: UUID? {
        guard count == 16 else { return nil }
        return UUID(uuid: loadUnaligned(as: uuid_t.self))
    }

    /// The JSON text: all of a `json`, what follows the version byte 1 of a `jsonb`.
    func json(_ type: OID) -> UnsafeRawBufferPointer? {
        guard type == .jsonb || type == .jsonbArray else { return self }
        guard first == 1 else { return nil }
        return UnsafeRawBufferPointer(rebasing: self[1...])
    }
}
