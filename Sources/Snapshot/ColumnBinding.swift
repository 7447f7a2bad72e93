/// Which source column each target column is read from, worked out once per list of source columns.
struct ColumnBinding {
    private(set) var names: [String] = []
    /// For each target column the index of its source column, nil when the source has none.
    private(set) var sources: [Int?] = []
    /// The source columns that nobody reads.
    private(set) var unmapped: [Int] = []

    init(_ table: SourceTable, names: [String]) {
        self.names = names
        sources = table.columns.map { column in
            column.sourceNames.lazy.compactMap { name in names.firstIndex(of: name) }.first
        }
        let used = Set(sources.compactMap { $0 })
        unmapped = names.indices.filter { !used.contains($0) }
    }

    /// The key of `row` as the source has it, for people.
    func key(of row: SourceRow, _ table: SourceTable) -> String {
        zip(table.columns, sources).compactMap { column, source in
            guard let source, table.key.contains(column.name) else { return nil }
            return row.text(row.cells[source])
        }.joined(separator: " | ")
    }
}
