/// How a table of the archive compares with what the snapshot implies.
public struct Comparison: Hashable, Sendable {
    public var table: String
    /// Rows that the snapshot implies.
    public var expected = 0
    /// Rows that are in the archive.
    public var found = 0
    /// Expected rows that are not there.
    public var missing = 0
    /// Rows that are there and not expected.
    public var extra = 0
    /// Column → cells that differ.
    public var different: [ImportSummary.Count] = []
    /// The first differences, in the order of keys and columns.
    public var samples: [Difference] = []

    public struct Difference: Hashable, Sendable {
        public var key: String
        /// Nil when the whole row is missing or extra.
        public var column: String?
        public var expected: String?
        public var found: String?
    }

    public var agrees: Bool { missing == 0 && extra == 0 && different.allSatisfy { $0.count == 0 } }
}
