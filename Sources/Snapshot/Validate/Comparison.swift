/// How a table of the archive compares with what the snapshot implies.
public struct Comparison: Hashable, Sendable {
    public var table: String
    /// Rows that the snapshot implies.
    public var expected = 0
    /// Rows that are in the archive.
    public var found = 0
    /// Expected rows that are not there.
    public var missing = 0
    /// Rows that are there, and that neither the snapshot nor a later write brought.
    public var extra = 0
    /// In the order of the table.
    public var columns: [Column] = []
    /// Rows that other writes brought: they say nothing against the import.
    public var laterRows = 0
    /// The first differences, in the order of keys and columns.
    public var differences: [Difference] = []
    /// Rows chosen by the seed, whole.
    public var samples: [Sample] = []

    /// What the comparison says of one column.
    public struct Column: Hashable, Sendable {
        public var name: String
        /// Cells that differ and that no later write explains.
        public var different = 0
        /// Cells that a later write changed.
        public var later = 0
        /// A digest of all cells with their keys, whatever their order: of the snapshot, and of the archive.
        public var expectedDigest: UInt64 = 0
        public var foundDigest: UInt64 = 0
    }

    /// A cell, or a whole row, that nothing explains.
    public struct Difference: Hashable, Sendable {
        public var key: String
        /// Nil when the whole row is missing or extra.
        public var column: String?
        public var expected: String?
        public var found: String?
    }

    /// A row as it was expected and as it was found.
    public struct Sample: Hashable, Sendable {
        public var key: String
        /// In the order of the table's columns; nil is NULL.
        public var expected: [String?]
        /// Empty when the row is missing.
        public var found: [String?]
    }

    public var different: Int { columns.reduce(0) { $0 + $1.different } }
    public var laterCells: Int { columns.reduce(0) { $0 + $1.later } }
    public var agrees: Bool { missing == 0 && extra == 0 && different == 0 }
}
