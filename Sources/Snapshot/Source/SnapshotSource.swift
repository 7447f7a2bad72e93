/// A snapshot that can be read table by table, any number of times, always in the same order.
protocol SnapshotSource: Sendable {
    /// Every table of the snapshot, and what may stand in a table's place.
    func relations() throws -> [SourceRelation]

    /// Rows of `table`, nil when counting would mean reading them.
    func rowCount(_ table: String) throws -> Int?

    /// Rows of `table`, whatever it takes; nil with the reason when they cannot be counted.
    func countedRows(_ table: String) throws -> (Int?, reason: String?)

    /// The columns of `table`, also when it has no rows; empty where only the rows tell.
    func columns(_ table: String) throws -> SourceColumns

    /// How many values of each column of `table` are not null, counted without the names that an import reads by.
    func valueCounts(_ table: String) throws -> [ImportSummary.Count]

    /// Calls `body` for each row of `table`.
    func forEachRow(_ table: String, _ body: (inout SourceRow) throws -> Void) throws
}

/// The columns of a table of a snapshot.
struct SourceColumns {
    var readable: [String] = []
    /// Columns whose values nothing but the application that made them can work out.
    var unreadable: [(name: String, reason: String)] = []
}
