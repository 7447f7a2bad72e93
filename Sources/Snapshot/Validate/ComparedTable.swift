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
        columns: ["likes", "reposts", "replies", "views"].map { Column(name: $0, type: .integer, laterNews: isGreater($0)) }
            + [Column(name: "source", type: .text, laterNews: isGreater("source"))],
        expected: "(SELECT *, '\(DerivedMetrics.source)' AS source FROM \(DerivedMetrics.relation) AS derived)")

    /// The rules by which the tables are merged (`PostMerge`, `RelatedMerge`), turned round: what a later write can have left.
    private static func laterNews(in table: SourceTable, _ column: TargetColumn) -> String {
        switch (table.target, column.name) {
        case ("posts", "discovered_at"), ("embeddings", "created_at"): "f.\(column.name) < e.\(column.name)"
        case ("posts", "last_seen_at"), ("reports", "reported_at"): "f.\(column.name) > e.\(column.name)"
        case ("posts", let name): isObservedLater(name, "last_seen_at")
        case ("reports", let name): isObservedLater(name, "reported_at")
        case ("embeddings", _): "\(embedding("f")) > \(embedding("e"))"
        case ("pipeline_runs", let name): isGreater(name)
        // The tier is what the watcher said last. Only a collector counts as later, not another import.
        default: "writer.kind <> 'import'"
        }
    }

    private static func isGreater(_ name: String) -> String { "(f.\(name) IS NOT NULL AND (e.\(name) IS NULL OR f.\(name) > e.\(name)))" }

    /// Of two observations of one moment the greater value wins. A row that was seen again later keeps the columns that the later
    /// observation lacked, so that there a greater value is damage.
    private static func isObservedLater(_ name: String, _ time: String) -> String {
        func observed(_ row: String) -> String { "observation_time(\(row).observed_at, '\(name)', \(row).\(time))" }
        return """
            (\(observed("f")) > \(observed("e")) \
            OR \(observed("f")) = \(observed("e")) AND f.\(time) = e.\(time) AND \(isGreater(name)))
            """
    }

    private static func embedding(_ row: String) -> String {
        "(\(row).updated_at, \(row).backend COLLATE \"C\", \(row).model COLLATE \"C\", \(row).text_hash COLLATE \"C\", \(row).vector_json)"
    }
}
