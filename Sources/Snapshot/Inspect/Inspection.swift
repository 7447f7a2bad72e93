/// What a snapshot holds, and what an import of it into an empty archive would say.
public struct Inspection: Hashable, Sendable {
    /// One table of the snapshot that an import reads.
    public struct Table: Hashable, Sendable {
        /// As the import would count it: what would go in is `inserted`.
        public var expected: ImportSummary.Table
        /// Every column of the source, in its order.
        public var columns: [ColumnTally] = []
        /// Where the target columns come from, in their order. In JSON Lines one may have several sources.
        public var mappings: [Mapping] = []
        /// Target columns that nothing is read into.
        public var missing: [String] = []
    }

    /// A column of the archive, and the source column that it is read from.
    public struct Mapping: Hashable, Sendable {
        public var target: String
        public var source: String
        /// Whether the source has an older name than the target.
        public var isAlias: Bool { target != source }

        public init(target: String, source: String) {
            self.target = target
            self.source = source
        }
    }

    public var tables: [Table] = []
    /// Tables of the snapshot that stay behind.
    public var leftBehind: [String] = []
    /// Tables that are not in the snapshot though the import would read them.
    public var missingTables: [String] = []

    /// What holds something and would not be read.
    public var notRead: [Unread] = []

    public var rejected: Int { tables.reduce(0) { $0 + $1.expected.rejected } }
}
