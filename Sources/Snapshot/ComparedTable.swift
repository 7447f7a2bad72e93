internal import Domain

/// A table of the archive beside the rows that the snapshot implies, and which differences later writes explain.
struct ComparedTable: Sendable {
    struct Column: Sendable {
        let name: String
        let type: PostgresType
        /// SQL over the expected row `e` and the found row `f`: whether a later write, if there was one, explains that they differ.
        let laterNews: String
    }

    let name: String
    let key: [Column]
    let columns: [Column]
    /// Expected rows, under the names of `key` and `columns`.
    let expected: String

    /// The key and the other columns, in the order of the report.
    var all: [Column] { key + columns }
}

extension ComparedTable {
    init(_ table: SourceTable) {
        let columns = table.columns.map { Column(name: $0.name, type: $0.type, laterNews: Self.laterNews(in: table, $0)) }
        let observedAt = Column(name: "observed_at", type: .json, laterNews: "true")
        self.init(
            name: table.target, key: columns.filter { table.key.contains($0.name) },
            columns: columns.filter { !table.key.contains($0.name) } + (table.keepsTimes ? [observedAt] : []),
            expected: StagingSQL(table: table).name)
    }

    static let derivedSnapshots = ComparedTable(
        name: "post_metrics_snapshots",
        key: [
            Column(name: "status_id", type: .text, laterNews: "false"), Column(name: "snapshot_type", type: .text, laterNews: "false"),
            Column(name: "snapshot_at", type: .timestamp, laterNews: "false"),
        ],
        // An import leaves a snapshot of history that is there already as it is, whoever brought it.
        columns: ["likes", "reposts", "replies", "views"].map { Column(name: $0, type: .integer, laterNews: "true") }
            + [Column(name: "source", type: .text, laterNews: "true")],
        expected: "(SELECT *, '\(DerivedSnapshots.source)' AS source FROM \(DerivedSnapshots.relation) AS derived)")

    /// Where nothing tells the age of a row, only what collectors sent counts as later: not another import.
    private static let isLive = "writer.kind <> 'import'"

    private static func laterNews(in table: SourceTable, _ column: TargetColumn) -> String {
        switch (table.target, column.name) {
        case ("posts", "discovered_at"): return "f.discovered_at < e.discovered_at"
        case ("posts", "last_seen_at"): return "f.last_seen_at > e.last_seen_at"
        case ("posts", let name):
            func time(_ row: String) -> String { "observation_time(\(row).observed_at, '\(name)', \(row).last_seen_at)" }
            // Of two observations of one moment the greater value wins. A row that was seen again later keeps the columns that
            // the later observation lacked, so that there a greater value is damage.
            let isSameMoment = "\(time("f")) = \(time("e")) AND f.last_seen_at = e.last_seen_at"
            return "(\(time("f")) > \(time("e")) OR \(isSameMoment) AND (e.\(name) IS NULL OR f.\(name) > e.\(name)))"
        case ("reports", _): return "f.reported_at >= e.reported_at"
        case ("embeddings", _): return "f.updated_at >= e.updated_at"
        default: return isLive
        }
    }
}
