/// One row as the source holds it, in a buffer that the next row uses again.
struct SourceRow {
    /// Counted from 1 in the order of the source.
    var number = 0
    var names: [String] = []
    var cells: [SourceCell] = []
    /// The bytes of the texts and blobs, one behind the other.
    var bytes: [UInt8] = []

    mutating func clear() {
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

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
}
