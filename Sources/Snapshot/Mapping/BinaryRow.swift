/// Rows in the binary format of `COPY` (Postgres manual, "COPY", File Formats): a header, then per row the number of fields
/// and per field its length and bytes, numbers in network byte order.
struct BinaryRows {
    private(set) var bytes: [UInt8] = []
    private var rowStart = 0

    /// Microseconds from 1970-01-01 to 2000-01-01, from which Postgres counts.
    private static let postgresEpoch: Int64 = 946_684_800_000_000

    static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [0, 0, 0, 0, 0, 0, 0, 0]
    static let trailer: [UInt8] = [0xFF, 0xFF]

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
    mutating func beginRow(fields: Int) {
        rowStart = bytes.count
        put(Int16(fields))
    }
    /// Forgets the row that was begun last.
    mutating func abandonRow() { bytes.removeLast(bytes.count - rowStart) }

    mutating func null() { put(Int32(-1)) }
    mutating func integer(_ value: Int64) {
        put(Int32(8))
        put(value)
    }
    mutating func int32(_ value: Int32) {
        put(Int32(4))
        put(value)
    }
    mutating func boolean(_ value: Bool) {
        put(Int32(1))
        bytes.append(value ? 1 : 0)
    }
    mutating func timestamp(microseconds: Int64) {
        put(Int32(8))
        put(microseconds - Self.postgresEpoch)
    }
    mutating func text(_ utf8: some Collection<UInt8>) {
        put(Int32(utf8.count))
        bytes.append(contentsOf: utf8)
    }
    /// JSON text as a `jsonb`, whose binary form starts with its version, 1.
    mutating func jsonb(_ utf8: some Collection<UInt8>) {
        put(Int32(utf8.count + 1))
        bytes.append(1)
        bytes.append(contentsOf: utf8)
    }

    private mutating func put<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
