internal import Domain
internal import Postgres

/// Looks at the rows of one table, once and in one pass.
struct TableInspector {
    private let table: SourceTable
    private var normaliser: Normaliser
    private var fields = BinaryRowFields()
    private let keyFields: [Int]
    /// The keys of the rows that keep all rules, each once.
    private(set) var keys = KeySet()
    /// The keys of the posts, for a table that refers to them.
    private let posts: KeySet?
    private var orphans = OrphanRows()
    private var read = 0
    private var accepted = 0

    private var tallies: [ColumnTally] = []
    private var places: [String: Int] = [:]
    /// The source columns of each target column.
    private var sources: [[String]]
    /// The names of the present row, where their tallies are, and which of them are read as timestamps.
    private var names: [String]?
    private var present: [(tally: Int, isTimestamp: Bool)] = []

    init(_ table: SourceTable, columnNames: [String], posts: KeySet?, now: Timestamp) {
        self.table = table
        self.posts = posts
        normaliser = Normaliser(table, now: now)
        let staged = Normaliser.stagingColumns(of: table)
        keyFields = table.target.key.compactMap { staged.firstIndex(of: $0) }
        sources = table.columns.map { _ in [] }
        bind(columnNames)
    }

    mutating func add(_ row: SourceRow) {
        read += 1
        if row.names.first != SourceRow.unreadable {
            if row.names != names { bind(row.names) }
            for (place, cell) in zip(present, row.cells) {
                tallies[place.tally].add(ColumnTally.Kind(cell))
                if place.isTimestamp, let moment = row.moment(cell) { tallies[place.tally].add(moment) }
            }
        }
        do throws(Violation) {
            try normaliser.append(row)
            accepted += 1
            fields.read(normaliser.rows)
            addKey(row.number)
        } catch {
            normaliser.countReject(error, row)
        }
        normaliser.discardRows()
    }

    private mutating func addKey(_ row: Int) {
        if keyFields.count == 1 {
            let key = fields[keyFields[0]]
            _ = keys.insert(key)
            if let posts, !posts.contains(key) { orphans.insert(key, row: row) }
        } else {
            // Each part with its length before it, so that no two keys run together to the same bytes.
            let key = keyFields.flatMap { field in Array("\(fields[field].count):".utf8) + fields[field] }
            _ = keys.insert(key[...])
        }
    }

    /// The names may change from row to row, in JSON Lines.
    private mutating func bind(_ names: [String]) {
        self.names = names
        let binding = ColumnBinding(table, names: names)
        for name in names where places[name] == nil {
            places[name] = tallies.count
            tallies.append(ColumnTally(name: name))
        }
        present = names.map { (places[$0] ?? 0, false) }
        for (index, source) in binding.sources.enumerated().flatMap({ index, sources in sources.map { (index, $0) } }) {
            if !sources[index].contains(names[source]) { sources[index].append(names[source]) }
            if case .timestamp = table.columns[index].kind { present[source].isTimestamp = true }
            let place = present[source].tally
            let target = table.columns[index].name
            if !tallies[place].targets.contains(target) { tallies[place].targets.append(target) }
        }
    }

    /// Like the import it looks for orphans among the rows that are left when the duplicates are gone.
    func finish() -> Inspection.Table {
        var tally = normaliser.tally
        for key in orphans.keys { tally.countReject(.init(rule: .orphan, column: "status_id"), key: key) }
        var expected = ImportSummary.Table(table, tally)
        expected.read = read
        expected.duplicate = accepted - keys.count
        expected.rejected = tally.rejected
        expected.inserted = read - expected.duplicate - expected.rejected
        var result = Inspection.Table(expected: expected, columns: tallies)
        for (column, sources) in zip(table.columns, sources) {
            result.mappings += sources.map { .init(target: column.name, source: $0) }
            if sources.isEmpty { result.missing.append(column.name) }
        }
        return result
    }
}

extension SourceRow {
    /// The timestamp that `cell` is by the rule of the import; nil for anything else.
    fileprivate func moment(_ cell: SourceCell) -> Timestamp? {
        switch cell {
        case .text(let range), .blob(let range): bytes[range].withUnsafeBufferPointer { try? Timestamp(iso8601: $0) }
        default: nil
        }
    }
}
