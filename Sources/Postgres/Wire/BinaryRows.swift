/// Rows in the binary format of `COPY`: a header, per row the number of its fields, per field its length and its bytes, a trailer.
///
/// Source: the manual of Postgres, "COPY", section "Binary Format". The bytes of a field are those of `Wire`; they are written in place,
/// since an import writes millions.
public struct BinaryRows {
    /// The rows so far, without header and trailer.
    public private(set) var bytes: [UInt8] = []
    private var rowStart = 0

    /// What the data of a `COPY` begins with.
    public static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [0, 0, 0, 0, 0, 0, 0, 0]
    /// What it ends with.
    public static let trailer: [UInt8] = [0xFF, 0xFF]

    /// No rows.
    public init() {}

    /// Forgets all rows, and keeps the room they took.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Begins a row; as many calls of the functions below have to follow.
    public mutating func beginRow(fields: Int) {
        rowStart = bytes.count
        bytes.append(bigEndian: Int16(fields))
    }

    /// Forgets the row that was begun last.
    public mutating func abandonRow() { bytes.removeLast(bytes.count - rowStart) }

    /// NULL
    public mutating func null() { bytes.append(bigEndian: Int32(-1)) }

    /// `bigint`
    public mutating func int64(_ value: Int64) {
        bytes.append(bigEndian: Int32(8))
        bytes.append(bigEndian: value)
    }

    /// `integer`
    public mutating func int32(_ value: Int32) {
        bytes.append(bigEndian: Int32(4))
        bytes.append(bigEndian: value)
    }

    /// `boolean`
    public mutating func bool(_ value: Bool) {
        bytes.append(bigEndian: Int32(1))
        bytes.append(value ? 1 : 0)
    }

    /// `timestamptz` in microseconds since 1970-01-01 00:00:00 UTC, within the years that Postgres knows.
    public mutating func timestamp(_ microseconds: Int64) { int64(microseconds - WireTimestamp.epoch) }

    /// `text`
    public mutating func text(_ utf8: ArraySlice<UInt8>) {
        bytes.append(bigEndian: Int32(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    /// `text`
    public mutating func text(_ value: String) {
        bytes.append(bigEndian: Int32(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// `jsonb` from JSON text
    public mutating func jsonb(_ utf8: ArraySlice<UInt8>) {
        bytes.append(bigEndian: Int32(utf8.count + 1))
        bytes.append(jsonb: utf8)
    }
}
