/// Which source columns each target column is read from, worked out once per list of source columns.
struct ColumnBinding {
    let table: SourceTable
    private(set) var names: [String] = []
    /// For each target column the indexes of its source columns, the best name first: of one row the first that is not null is read.
    private(set) var sources: [[Int]] = []
    /// The source columns that no target column may be read from.
    private(set) var unmapped: [Int] = []

    init(_ table: SourceTable, names: [String]) {
        self.table = table
        self.names = names
        let folded = names.map(SourceName.folded)
        sources = table.columns.map { column in
            column.sourceNames.flatMap { known in
                // The name to the letter comes before what is only taken for it.
                let same = names.indices.filter { folded[$0] == known }
                return same.filter { names[$0] == known } + same.filter { names[$0] != known }
            }
        }
        let used = Set(sources.joined())
        unmapped = names.indices.filter { !used.contains($0) }
    }

    /// The index in `row` that a target column is read from; nil when the source has no value for it.
    func source(of column: Int, in row: SourceRow) -> Int? {
        sources[column].first { row.cells[$0] != .null }
    }

    /// The key of `row` as the source has it, for people.
    func key(of row: SourceRow) -> String {
        keyCells(of: row).map { row.text($0.cell) }.joined(separator: " | ")
    }

    /// The target columns of the key that the source has, with their cells.
    func keyCells(of row: SourceRow) -> [(column: String, cell: SourceCell)] {
        table.columns.indices.compactMap { index in
            guard table.target.key.contains(table.columns[index].identifier), let any = sources[index].first else { return nil }
            return (table.columns[index].name, row.cells[source(of: index, in: row) ?? any])
        }
    }
}
