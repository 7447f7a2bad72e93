/// One row as the source holds it, in a buffer that the next row uses again.
struct SourceRow {
    /// Counted from 1 in the order of the source.
    var number = 0
    var names: [String] = []
    var cells: [SourceCell] = []
    /// Most bytes of one value, and of all values of a row, that are taken into memory: far more than the archive takes.
    static let longestValue = 1 << 20  // 1 MiB
    static let longestRow = 1 << 24  // 16 MiB

    /// The bytes of the texts and blobs, one behind the other.
    var bytes: [UInt8] = []

    mutating func clear() {
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Whether a value of `count` bytes fits.
    func takes(_ count: Int) -> Bool { count <= Self.longestValue && bytes.count + count <= Self.longestRow }

    /// Appends the beginning of a value that has `count` bytes.
    mutating func append(tooLong value: some Sequence<UInt8>, bytes count: Int) {
        let start = bytes.count
        bytes.append(contentsOf: value.prefix(Self.shownOfTooLong))
        cells.append(.tooLong(start..<bytes.count, bytes: count))
    }
    private static let shownOfTooLong = 200

    mutating func append(text: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: text)
        cells.append(.text(start..<bytes.count))
    }

    mutating func append(blob: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: blob)
        cells.append(.blob(start..<bytes.count))
    }
}

/// A value with the type that the source gave it.
enum SourceCell: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case boolean(Bool)
    case text(Range<Int>)
    case blob(Range<Int>)
    /// A text or a blob that is too long to be taken into memory: where its beginning is, and how many bytes it has.
    case tooLong(Range<Int>, bytes: Int)
}
