/// How many values of each source column are not null. It knows rows and nothing of how they are read: what the names of an import do not
/// know, neither the import nor its comparison can see.
struct ValueCounts {
    private var names: [String] = []
    /// Of the rows with the present names, in their order.
    private var counts: [Int] = []
    private var earlier: [String: Int] = [:]

    mutating func add(_ row: SourceRow) {
        guard row.names.first != SourceRow.unreadable else { return }
        if row.names != names {
            (earlier, names) = (all, row.names)
            counts = names.map { _ in 0 }
        }
        for index in row.cells.indices where row.cells[index] != .null { counts[index] += 1 }
    }

    /// By the name of the column.
    var all: [String: Int] { earlier.merging(zip(names, counts)) { $0 + $1 } }
}
