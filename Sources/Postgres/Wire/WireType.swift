/// How values of one Postgres type travel: its OIDs, and its binary format in both directions.
final class WireType<Value>: Sendable {
    /// What a reader says it expected.
    let name: String
    /// The type that a parameter is sent as.
    let oid: OID
    /// The types of columns that can be read as this one.
    let reads: [OID]
    /// Appends the binary form of a value; false when it has none.
    let write: @Sendable (inout [UInt8], Value) -> Bool
    /// nil when the bytes are not a value. The OID is the column's.
    let read: @Sendable (UnsafeRawBufferPointer, OID) -> Value?

    init(
        name: String, oid: OID, reads: [OID], write: @escaping @Sendable (inout [UInt8], Value) -> Bool,
        read: @escaping @Sendable (UnsafeRawBufferPointer, OID) -> Value?
    ) {
        self.name = name
        self.oid = oid
        self.reads = reads
        self.write = write
        self.read = read
    }

    /// The array of this type, of one dimension.
    func array(_ oid: OID, reads: [OID]) -> WireType<[Value?]> {
        let element = self
        return WireType<[Value?]>(
            name: "\(name)[]", oid: oid, reads: reads,
            write: { bytes, values in bytes.append(array: values, of: element) },
            read: { bytes, type in bytes.array(of: element, type) })
    }
}

/// The types that this program speaks, all in this list: parameters, interpolations and row accessors are made of it.
///
/// Source of the formats: the `*_send` and `*_recv` functions of Postgres; "Formats and Format Codes" in its manual.
enum Wire {
    /// Text in UTF-8, without a length or an end.
    static let text = WireType<String>(
        name: "text", oid: .text, reads: [.text, .varchar, .name, .bpchar],
        write: { bytes, value in
            bytes.append(contentsOf: value.utf8)
            return true
        }, read: { bytes, _ in bytes.text })

    /// Integers are big-endian. `smallint` and `integer` are read as `bigint` too.
    static let int64 = WireType<Int64>(
        name: "int8", oid: .int8, reads: [.int8, .int4, .int2],
        write: { bytes, value in
            bytes.append(bigEndian: value)
            return true
        }, read: { bytes, _ in bytes.int64 })

    static let int32 = WireType<Int32>(
        name: "int4", oid: .int4, reads: [.int4, .int2],
        write: { bytes, value in
            bytes.append(bigEndian: value)
            return true
        }, read: { bytes, _ in bytes.int64.flatMap { Int32(exactly: $0) } })

    static let bool = WireType<Bool>(
        name: "bool", oid: .bool, reads: [.bool],
        write: { bytes, value in
            bytes.append(value ? 1 : 0)
            return true
        }, read: { bytes, _ in bytes.count == 1 ? bytes[0] != 0 : nil })

    /// In Swift microseconds since 1970-01-01 00:00:00 UTC. ±infinity is no such number.
    static let timestamp = WireType<Int64>(
        name: "a finite timestamptz", oid: .timestamptz, reads: [.timestamptz],
        write: { bytes, value in
            guard let wire = WireTimestamp.wire(unixMicroseconds: value) else { return false }
            bytes.append(bigEndian: wire)
            return true
        }, read: { bytes, _ in bytes.integer(as: Int64.self).flatMap(WireTimestamp.unixMicroseconds(wire:)) })

    /// The JSON text behind a version byte, 1. A `json` is the text alone.
    static let jsonb = WireType<String>(
        name: "jsonb", oid: .jsonb, reads: [.jsonb, .json],
        write: { bytes, value in
            bytes.append(jsonb: value.utf8)
            return true
        }, read: { bytes, type in bytes.json(type)?.text })

    /// The same, for JSON text that is at hand in UTF-8.
    static let jsonbBytes = WireType<[UInt8]>(
        name: "jsonb", oid: .jsonb, reads: [.jsonb, .json],
        write: { bytes, value in
            bytes.append(jsonb: value)
            return true
        }, read: { bytes, type in bytes.json(type).map { [UInt8]($0) } })

    static let textArray = text.array(.textArray, reads: [.textArray, .varcharArray, .nameArray, .bpcharArray])
    static let int64Array = int64.array(.int8Array, reads: [.int8Array, .int4Array, .int2Array])
    static let boolArray = bool.array(.boolArray, reads: [.boolArray])
    static let timestampArray = timestamp.array(.timestamptzArray, reads: [.timestamptzArray])
    static let jsonbArray = jsonb.array(.jsonbArray, reads: [.jsonbArray])
}
