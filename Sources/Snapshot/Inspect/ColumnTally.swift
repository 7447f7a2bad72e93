public import Domain

/// What the values of one source column are.
public struct ColumnTally: Hashable, Sendable {
    /// A type of SQLite, or `boolean`, which only JSON Lines have.
    public enum Kind: String, CaseIterable, Sendable {
        case null, integer, real, text, blob, boolean
    }

    public var name: String
    /// The target columns that are read from it; empty when nobody reads it.
    public var targets: [String] = []
    /// The first and the last moment in a column that is read as a timestamp.
    public private(set) var earliest: Timestamp?
    public private(set) var latest: Timestamp?
    private var counts = [Int](repeating: 0, count: Kind.allCases.count)

    init(name: String) {
        self.name = name
    }

    /// How many values are of `kind`.
    public subscript(kind: Kind) -> Int { counts[kind.index] }

    mutating func add(_ kind: Kind) { counts[kind.index] += 1 }

    mutating func add(_ moment: Timestamp) {
        earliest = min(earliest ?? moment, moment)
        latest = max(latest ?? moment, moment)
    }
}

extension ColumnTally.Kind {
    fileprivate var index: Int {
        switch self {
        case .null: 0
        case .integer: 1
        case .real: 2
        case .text: 3
        case .blob: 4
        case .boolean: 5
        }
    }

    init(_ cell: SourceCell) {
        self =
            switch cell {
            case .null: .null
            case .integer: .integer
            case .real: .real
            case .text, .tooLong: .text
            case .blob: .blob
            case .boolean: .boolean
            }
    }
}
