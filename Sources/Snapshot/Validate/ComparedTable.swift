internal import Domain
internal import Postgres
internal import Store

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
        columns: ["likes", "reposts", "replies", "views"].map {
            Column(name: $0, type: .integer, laterNews: MergedColumn.other(Identifier(quoting: $0)).isGreater("f", than: "e").text)
        } + [Column(name: "source", type: .text, laterNews: MergedColumn.text("source").isGreater("f", than: "e").text)],
        expected: "(SELECT *, '\(DerivedMetrics.source.name)' AS source FROM \(DerivedMetrics.relation.text) AS derived)")

    /// What a later write can have left, by the rules that the tables are merged by.
    private static func laterNews(in table: SourceTable, _ column: TargetColumn) -> String {
        switch table.target {
        case "posts": PostMerge.laterNews(column.identifier, "f", over: "e").text
        case "reports": RelatedMerge.reports.laterNews(column.identifier, "f", over: "e").text
        case "embeddings": RelatedMerge.embeddings.laterNews(column.identifier, "f", over: "e").text
        case "pipeline_runs": RelatedMerge.runs.laterNews(column.identifier, "f", over: "e").text
        // The tier is what the watcher said last. Only a collector counts as later, not another import.
        default: "writer.kind <> 'import'"
        }
    }
}
