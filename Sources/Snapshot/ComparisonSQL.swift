internal import Postgres

/// Compares a relation of expected rows with a table, cell by cell and in both directions.
struct ComparisonSQL: Sendable {
    let table: String
    let key: [String]
    let columns: [String]
    /// Expected rows, under the names of `key` and `columns`.
    let expected: String
    /// The rows of the archive that have to be there.
    let found: String

    static let sampleLimit = 50

    private var join: String {
        "(SELECT true AS is_there, * FROM \(expected) AS rows) AS e FULL JOIN (SELECT true AS is_there, * FROM \(found) AS rows) AS f USING (\(key.joined(separator: ", ")))"
    }

    /// Expected, found, missing, extra, then the number of differing cells per column.
    var counts: Statement<[Int]> {
        let perColumn = columns.map { "count(*) FILTER (WHERE e.is_there AND f.is_there AND e.\($0) IS DISTINCT FROM f.\($0))" }
        let all =
            [
                "count(*) FILTER (WHERE e.is_there)", "count(*) FILTER (WHERE f.is_there)",
                "count(*) FILTER (WHERE f.is_there IS NULL)", "count(*) FILTER (WHERE e.is_there IS NULL)",
            ] + perColumn
        let width = all.count
        return Statement(
            "snapshot.compare.\(table)", "SELECT \(unescaped: all.joined(separator: ", ")) FROM \(unescaped: join)",
            decode: { row in try (0..<width).map { Int(try row.int64($0)) } })
    }

    /// The first differences with both values.
    var samples: Statement<Comparison.Difference> {
        let keyText = key.map { "\($0)::TEXT" }.joined(separator: ", ")
        let cells = columns.map { "('\($0)', e.\($0)::TEXT, f.\($0)::TEXT)" }
        return Statement(
            "snapshot.differences.\(table)",
            """
            SELECT concat_ws(' | ', \(unescaped: keyText)), cell.name, cell.expected, cell.found
            FROM \(unescaped: join), LATERAL (
                SELECT NULL, CASE WHEN e.is_there THEN 'row' END, CASE WHEN f.is_there THEN 'row' END
                WHERE e.is_there IS DISTINCT FROM f.is_there
                UNION ALL
                SELECT * FROM (VALUES \(unescaped: cells.joined(separator: ", "))) AS cells (name, expected, found)
                WHERE e.is_there AND f.is_there AND cells.expected IS DISTINCT FROM cells.found
            ) AS cell (name, expected, found)
            ORDER BY concat_ws(' | ', \(unescaped: keyText)) COLLATE "C", cell.name NULLS FIRST LIMIT \(unescaped: String(Self.sampleLimit))
            """,
            decode: { row in
                Comparison.Difference(
                    key: try row.text(0), column: try row.textOrNil(1), expected: try row.textOrNil(2), found: try row.textOrNil(3))
            })
    }
}

extension ComparisonSQL {
    init(_ table: SourceTable) {
        self.init(
            table: table.target, key: table.key, columns: table.columns.map(\.name).filter { !table.key.contains($0) },
            expected: StagingSQL(table: table).name, found: table.target)
    }

    static let derivedSnapshots = ComparisonSQL(
        table: "post_metrics_snapshots", key: ["status_id", "snapshot_type", "snapshot_at"],
        columns: ["likes", "reposts", "replies", "views"], expected: DerivedSnapshots.relation,
        found: "(SELECT * FROM post_metrics_snapshots WHERE source = '\(DerivedSnapshots.source)')")
}
