/// Chooses which source columns a row is read from, and counts what of each was read and what was left.
struct SourceChoice {
    /// For each target column the source column that the present row has a value for it in.
    private(set) var chosen: [Int?]
    private let binding: ColumnBinding
    /// The source columns that target columns may be read from, column by column, the best one first.
    private var candidates: [Candidate] = []
    /// Whether a target column has several source columns, so that a row may not use all of them.
    private let hasAlternatives: Bool
    /// For each source column the last row that was read from it, and how many were.
    private var readIn: [Int]
    private var reads: [Int]
    /// For each source column the values that nobody read, of rows that kept the rules; and whether there was such a row.
    private var unread: [Int]
    private var hasKept = false

    private struct Candidate {
        var column: Int
        var source: Int
        /// Where its use is counted if it has an older name.
        var alias: Int?
    }

    init(_ binding: ColumnBinding, _ tally: inout RuleTally) {
        self.binding = binding
        chosen = binding.table.columns.map { _ in nil }
        readIn = binding.names.map { _ in 0 }
        (reads, unread) = (readIn, readIn)
        hasAlternatives = binding.sources.contains { $0.count > 1 }
        for (index, column) in binding.table.columns.enumerated() {
            for source in binding.sources[index] {
                let name = binding.names[source]
                let entry = RuleTally.Entry(rule: .alias, column: "\(column.name) from \(name)")
                candidates.append(.init(column: index, source: source, alias: name == column.name ? nil : tally.place(of: entry)))
            }
        }
    }

    /// Chooses for `row`, and appends to `changes` where the uses of older names are counted.
    mutating func choose(for row: SourceRow, _ changes: inout [Int]) {
        for index in chosen.indices { chosen[index] = nil }
        for candidate in candidates where chosen[candidate.column] == nil && row.cells[candidate.source] != .null {
            chosen[candidate.column] = candidate.source
            if let alias = candidate.alias { changes.append(alias) }
            // Two columns may be read from one.
            guard readIn[candidate.source] != row.number else { continue }
            readIn[candidate.source] = row.number
            reads[candidate.source] += 1
        }
    }

    /// Counts what `row`, which kept the rules, leaves.
    mutating func countUnread(_ row: SourceRow) {
        hasKept = true
        for index in binding.unmapped where row.cells[index] != .null { unread[index] += 1 }
        guard hasAlternatives else { return }
        for index in readIn.indices where readIn[index] != row.number && row.cells[index] != .null && !binding.unmapped.contains(index) {
            unread[index] += 1
        }
    }

    /// Adds what was counted to `tally`.
    func count(into tally: inout RuleTally) {
        for (index, name) in binding.names.enumerated() {
            if reads[index] > 0 { tally.countRead(name, reads[index]) }
            if unread[index] > 0 || hasKept && binding.unmapped.contains(index) { tally.countUnmapped(name, unread[index]) }
        }
    }
}
