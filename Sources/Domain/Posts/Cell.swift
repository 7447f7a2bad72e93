/// The value of one column in one row.
public enum Cell: Hashable, Sendable {
    case null
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    case timestamp(Timestamp)
}

extension Cell: Comparable {
    /// A total order within one column, used to settle ties: null first, text by its UTF-8 bytes.
    public static func < (left: Cell, right: Cell) -> Bool {
        switch (left, right) {
        case (.null, .null): false
        case (.null, _): true
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.integer(let left), .integer(let right)): left < right
        case (.boolean(let left), .boolean(let right)): !left && right
        case (.timestamp(let left), .timestamp(let right)): left < right
        default: false
        }
    }
}
