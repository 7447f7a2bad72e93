/// What an import did, table by table. In each table `read` is the sum of all that became of its rows.
public struct ImportSummary: Hashable, Sendable {
    public struct Table: Hashable, Sendable {
        public var source: String
        public var target: String
        public var read = 0
        public var inserted = 0
        public var updated = 0
        public var unchanged = 0
        public var rejected = 0
        public var duplicate = 0
        /// What the rules changed: rule and column, and how often.
        public var changes: [Count] = []
        public var rejects: [Count] = []
        /// Source columns that nobody read, and how many values of them are not null.
        public var unmapped: [Count] = []

        public var addsUp: Bool { read == inserted + updated + unchanged + rejected + duplicate }
    }

    public struct Count: Hashable, Sendable {
        public var name: String
        public var count: Int

        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    public var tables: [Table] = []
    /// Snapshots that were derived from the posts, and how many of them are new.
    public var derivedNew = 0
    /// Tables of the source that stay behind.
    public var leftBehind: [String] = []
    /// Where the rejected rows are; nil when there are none.
    public var rejectFile: String?

    public var rejected: Int { tables.reduce(0) { $0 + $1.rejected } }
}

extension ImportSummary.Table {
    init(_ table: SourceTable, _ ledger: ImportLedger) {
        self.init(source: table.name, target: table.target)
        changes = Self.sorted(ledger.changes)
        rejects = Self.sorted(ledger.rejects)
        unmapped = ledger.unmapped.sorted { $0.key < $1.key }.map { .init(name: $0.key, count: $0.value) }
    }

    static func sorted(_ counts: [ImportLedger.Entry: Int]) -> [ImportSummary.Count] {
        counts.map { .init(name: "\($0.key.rule.rawValue) \($0.key.column)", count: $0.value) }.sorted { $0.name < $1.name }
    }
}
