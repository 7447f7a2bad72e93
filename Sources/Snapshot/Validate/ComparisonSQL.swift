internal import Postgres

/// Compares expected rows with a table of the archive, cell by cell and in both directions.
struct ComparisonSQL: Sendable {
    let table: ComparedTable
    /// The snapshot's; rows of its own import have to be as it says, rows of other batches may be newer.
    let snapshotHash: String

    private var join: SQL {
        """
        (SELECT true AS is_there, * FROM \(table.expected) AS rows) AS e
        FULL JOIN (SELECT true AS is_there, * FROM \(table.found) AS rows) AS f USING (\(columns: table.key.map(\.identifier)))
        """
    }

    private static func differs(_ column: ComparedTable.Column) -> SQL {
        "e.is_there AND f.is_there AND e.\(column: column.identifier) IS DISTINCT FROM f.\(column: column.identifier)"
    }

    /// For each of `conditions` how many rows hold it.
    private static func counts(_ conditions: [SQL]) -> SQL {
        conditions.map { "count(*) FILTER (WHERE \($0))" as SQL }.joined(separator: ",\n")
    }

    struct Counts: Sendable {
        var expected, found, missing, extra: Int
        /// Per column that is not part of the key.
        var different: [Int]
    }

    /// All differences, whatever the reason.
    var counts: Statement<Counts> {
        let sides: [SQL] = ["e.is_there", "f.is_there", "f.is_there IS NULL", "e.is_there IS NULL"]
        let conditions = sides + table.columns.map(Self.differs)
        return Statement(
            "snapshot.compare.\(table.name)",
            """
            SELECT
                \(Self.counts(conditions))
            FROM
                \(join)
            """,
            read: { row in
                let values = try conditions.map { _ in Int(try row.int64()) }
                return Counts(expected: values[0], found: values[1], missing: values[2], extra: values[3], different: Array(values[4...]))
            })
    }

    /// The digest of each column: the sum of the hashes of its cells, each seeded with the hash of its row's key.
    func digests(ofExpected: Bool) -> Statement<[UInt64]> {
        let key = table.key.reduce("0" as SQL) { seed, column in column.type.hash(column.identifier, seed: seed) }
        let sums: [SQL] = table.all.map { column in
            """
            mod(mod(coalesce(sum(coalesce(\(column.type.hash(column.identifier, seed: "k")), k)), 0), 2::NUMERIC ^ 64) \
            + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT
            """
        }
        return Statement(
            "snapshot.digest.\(table.name)\(ofExpected ? ".expected" : "")",
            """
            SELECT
                \(sums.joined(separator: ",\n"))
            FROM (SELECT *, \(key) AS k FROM \(ofExpected ? table.expected : table.found) AS r) AS rows
            """,
            read: { row in try sums.map { _ in UInt64(try row.text()) ?? 0 } })
    }

    /// The batches that wrote the found rows last and first, where they are not this snapshot's own import.
    private var writers: SQL {
        """
        LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM \(text: snapshotHash)) AS writer
            ON writer.id = coalesce(f.updated_by, f.inserted_by)
        LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM \(text: snapshotHash)) AS bringer
            ON bringer.id = f.inserted_by
        """
    }

    private static let isLaterRow: SQL = "(e.is_there IS NULL AND bringer.id IS NOT NULL)"
    /// Rows are merged column by column: where this import brought some of them last, others may still be later news.
    private static func isLaterCell(_ column: ComparedTable.Column) -> SQL {
        "(coalesce(writer.id, bringer.id) IS NOT NULL AND \(column.laterNews))"
    }

    /// The differences that later writes explain: extra rows, then cells per column.
    var later: Statement<[Int]> {
        let conditions = [Self.isLaterRow] + table.columns.map { "\(Self.differs($0)) AND \(Self.isLaterCell($0))" as SQL }
        return Statement(
            "snapshot.later.\(table.name)",
            """
            SELECT
                \(Self.counts(conditions))
            FROM
                \(join)
                \(writers)
            """,
            read: { row in try conditions.map { _ in Int(try row.int64()) } })
    }

    private var keyText: SQL {
        "concat_ws(' | ', \(table.key.map { "\(column: $0.identifier)::TEXT" as SQL }.joined(separator: ", ")))"
    }

    /// The first differences that nothing explains, with both values.
    func differences(limit: Int) -> Statement<Comparison.Difference> {
        let cells: [SQL] = table.columns.map { column in
            let name = column.identifier
            return "(\(literal: name), e.\(column: name)::TEXT, f.\(column: name)::TEXT, \(Self.isLaterCell(column)))"
        }
        return Statement(
            "snapshot.differences.\(table.name)",
            """
            SELECT \(keyText), cell.name, cell.expected, cell.found
            FROM
                \(join)
                \(writers), LATERAL (
                SELECT NULL, CASE WHEN e.is_there THEN 'row' END, CASE WHEN f.is_there THEN 'row' END
                WHERE e.is_there IS DISTINCT FROM f.is_there AND NOT \(Self.isLaterRow)
                UNION ALL
                SELECT name, expected, found FROM (VALUES
                    \(cells.joined(separator: ",\n"))
                ) AS cells (name, expected, found, is_later)
                WHERE e.is_there AND f.is_there AND cells.expected IS DISTINCT FROM cells.found AND is_later IS NOT true
            ) AS cell (name, expected, found)
            ORDER BY \(keyText) COLLATE "C", cell.name NULLS FIRST LIMIT \(int64: Int64(limit))
            """,
            read: { row in
                Comparison.Difference(
                    key: try row.text(), column: try row.textOrNil(), expected: try row.textOrNil(), found: try row.textOrNil())
            })
    }

    /// Rows chosen by `seed`, whole, side by side.
    func samples(_ number: Int, seed: Int64) -> Statement<Comparison.Sample> {
        func row(_ side: Identifier) -> SQL {
            "ARRAY[\(table.all.map { "\(table: side).\(column: $0.identifier)::TEXT" as SQL }.joined(separator: ", "))]"
        }
        let key = table.key.map { "e.\(column: $0.identifier)::TEXT" as SQL }.joined(separator: ", ")
        let joined = table.key.map { "f.\(column: $0.identifier) = e.\(column: $0.identifier)" as SQL }.joined(separator: " AND ")
        return Statement(
            "snapshot.samples.\(table.name)",
            """
            WITH chosen AS MATERIALIZED (
                SELECT *, concat_ws(' | ', \(key)) AS key_text FROM \(table.expected) AS e
                ORDER BY hashtextextended(concat_ws(' | ', \(key)), \(int64: seed)), key_text LIMIT \(int64: Int64(number))
            )
            SELECT e.key_text, \(row("e")),
                CASE WHEN f.\(column: table.key[0].identifier) IS NULL THEN '{}' ELSE \(row("f")) END
            FROM chosen AS e LEFT JOIN \(table.found) AS f ON \(joined) ORDER BY e.key_text COLLATE "C"
            """,
            read: { row in
                Comparison.Sample(key: try row.text(), expected: try row.textArrayOfOptionals(), found: try row.textArrayOfOptionals())
            })
    }
}
