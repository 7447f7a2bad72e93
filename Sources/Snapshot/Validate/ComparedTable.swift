internal import Domain
internal import Postgres
internal import Store

/// A table of the archive beside the rows that the snapshot implies, and which differences later writes explain.
struct ComparedTable: Sendable {
    struct Column: Sendable {
        let identifier: Identifier
        let type: PostgresType
        /// Over the expected row `e` and the found row `f`: whether a later write, if there was one, explains that they differ.
        let laterNews: SQL

        var name: String { identifier.name }
    }

    let target: ArchiveTable
    let key: [Column]
    let columns: [Column]
    /// The relation of the expected rows, with the columns of `key` and `columns`.
    let expected: SQL

    var name: String { target.name }
    /// The relation of the found rows.
    var found: SQL { "\(table: Identifier(target))" }

    /// The key and the other columns, in the order of the report.
    var all: [Column] { key + columns }
}

extension ComparedTable {
    init(_ table: SourceTable) {
        let columns = table.columns.map { column in
            Column(identifier: column.identifier, type: column.type, laterNews: Self.laterNews(in: table.target, column.identifier))
        }
        let observedAt = Column(identifier: "observed_at", type: .json, laterNews: "true")
        self.init(
            target: table.target, key: columns.filter { table.target.key.contains($0.identifier) },
            columns: columns.filter { !table.target.key.contains($0.identifier) } + (table.keepsTimes ? [observedAt] : []),
            expected: "\(table: table.target.staging)")
    }

    static let derivedSnapshots: ComparedTable = {
        func column(_ identifier: Identifier, _ type: PostgresType) -> Column {
            Column(identifier: identifier, type: type, laterNews: laterNews(in: .metrics, identifier))
        }
        return ComparedTable(
            target: .metrics,
            key: [column("status_id", .text), column("snapshot_type", .text), column("snapshot_at", .timestamp)],
            columns: [
                column("likes", .integer), column("reposts", .integer), column("replies", .integer), column("views", .integer),
                column("source", .text),
            ],
            expected: "(SELECT *, \(DerivedMetrics.source) AS source FROM \(DerivedMetrics.relation) AS derived)")
    }()

    /// What a later write can have left, by the rule that the table is merged by.
    private static func laterNews(in table: ArchiveTable, _ column: Identifier) -> SQL {
        switch (table, table.merge) {
        // The tier is what the watcher said last. Only a collector counts as later, not another import.
        case (.watchAccounts, _): "writer.kind <> 'import'"
        // Expected snapshots carry all counters, so of each the greater stays.
        case (.metrics, _): (column == "source" ? MergedColumn.text(column) : .other(column)).isGreater("f", than: "e")
        case (_, .post): PostMerge.laterNews(column, "f", over: "e")
        case (_, .related(let merge)): merge.laterNews(column, "f", over: "e")
        }
    }
}
