/// How the schema of a database relates to the migrations that this program knows.
public struct SchemaStatus: Hashable, Sendable {
    public var applied: [Migration]
    public var pending: [Migration]
    /// The files that a newer release applied, beside which this program works.
    public var newer: [String]

    public var isCurrent: Bool { pending.isEmpty }

    /// Compares the ledger with `known`.
    ///
    /// - Throws: `SchemaError.diverged`, `.edited`, `.missing` or `.unknownNewer` when they contradict each other.
    init(known: [Migration], ledger: [Ledger.Entry]) throws(SchemaError) {
        let byVersion = Dictionary(known.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
        let latest = known.last?.version ?? 0
        newer = []
        for entry in ledger {
            guard let migration = byVersion[entry.version] else {
                guard entry.version > latest else { throw .missing(version: entry.version, name: entry.name) }
                guard entry.compatibleFrom <= latest else { throw .unknownNewer(version: entry.version, name: entry.name) }
                newer.append(Migration.fileName(entry.version, entry.name))
                continue
            }
            guard migration.name == entry.name else { throw .diverged(version: entry.version, name: entry.name) }
            guard migration.checksum == entry.checksum else { throw .edited(migration.fileName) }
        }
        let recorded = Set(ledger.map(\.version))
        applied = known.filter { recorded.contains($0.version) }
        pending = known.filter { !recorded.contains($0.version) }
        if let gap = pending.first, let last = ledger.last, gap.version < last.version {
            throw .skipped(gap.fileName, before: Migration.fileName(last.version, last.name))
        }
    }
}
