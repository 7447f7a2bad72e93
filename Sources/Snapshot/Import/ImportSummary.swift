/// What an import did, table by table. In each table `read` is the sum of all that became of its rows.
public struct ImportSummary: Hashable, Sendable {
    /// What became of the rows of one table.
    public struct Table: Hashable, Sendable {
        public var source: String
        public var target: String
        public var read = 0
        public var inserted = 0
        public var updated = 0
        public var unchanged = 0
        public var rejected = 0
        public var duplicate = 0
        /// Rows of erased posts.
        public var erased = 0
        /// What the rules changed.
        public var changes: [Strike] = []
        public var rejects: [Strike] = []
        /// Source columns that were not read, with the number of their values that are not null.
        public var unmapped: [Count] = []
        /// Target columns that the source has no column for; nil where no row was read.
        var missing: [String]?

        /// Whether every row that was read is accounted for.
        public var addsUp: Bool { read == inserted + updated + unchanged + rejected + duplicate + erased }
    }

    /// How often a rule applied to a column, and the keys of the first ten rows.
    public struct Strike: Hashable, Sendable {
        public var rule: String
        public var column: String
        public var count: Int
        public var firstKeys: [String]

        /// `rule column`
        public var name: String { "\(rule) \(column)" }
    }

    /// A column, and how many values it has.
    public struct Count: Hashable, Sendable {
        public var name: String
        public var count: Int

        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// The name of the import, for undoing it.
    public var label = ""
    public var tables: [Table] = []
    /// Snapshots that were derived from the posts, and how many of them are new.
    public var derivedNew = 0
    /// Tables of the source that stay behind.
    public var leftBehind: [String] = []
    /// What holds something and was not read.
    public var notRead: [Unread] = []
    /// Where the rejected rows are; nil when there are none.
    public var rejectFile: String?

    public var rejected: Int { tables.reduce(0) { $0 + $1.rejected } }
    public var erased: Int { tables.reduce(0) { $0 + $1.erased } }

    /// Whether a row of the archive is new or another than before.
    var hasWritten: Bool { derivedNew > 0 || tables.contains { $0.inserted > 0 || $0.updated > 0 } }
}

extension ImportSummary.Table {
    init(_ table: SourceTable, _ tally: RuleTally) {
        self.init(source: table.name, target: table.target.name)
        changes = Self.sorted(tally.changes)
        rejects = Self.sorted(tally.rejects)
        unmapped = tally.unmapped.sorted { $0.key < $1.key }.map { .init(name: $0.key, count: $0.value) }
        missing = tally.missing?.sorted()
    }

    private static func sorted(_ tallies: [RuleTally.Entry: RuleTally.Tally]) -> [ImportSummary.Strike] {
        tallies.map { entry, tally in
            ImportSummary.Strike(rule: entry.rule.rawValue, column: entry.column, count: tally.count, firstKeys: tally.firstKeys)
        }.sorted { $0.name < $1.name }
    }
}
